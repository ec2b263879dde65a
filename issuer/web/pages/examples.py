"""A plain example for each domain. They illustrate; they are no exam questions. A domain without one shows none."""

from typing import Final

EXAMPLES: Final = {
    "AIMA-D1": "A chatbot answers well in the demo and badly on Monday. What would you look at first, and who can "
    "tell you?",
    "AIMA-D2": "The data team delivers a new field a week late. Which of the model and application teams has to know, "
    "and what has to be tested again?",
    "AIMA-D3": "A release is due tomorrow and nobody can say how often the model is wrong. Is that a go, and who says "
    "so?",
    "CAIG-D1": "A model ranks applicants. Which clauses of law and of your own policy does that touch, and who may "
    "accept what remains of the risk?",
    "CAIG-D2": "Two departments use the same model. Who is accountable when it harms a customer of both?",
    "CAIG-D3": "An auditor asks why version 4 was released. Which documents do you put on the table within an hour?",
    "CAIG-D4": "A supplier retires the model that you bought. What did your contract and your policy say about that "
    "day?",
}
