"""The issuing service: from an exam result to a signed credential, and what happens to it afterwards."""
