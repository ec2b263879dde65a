"""What a holder carries a credential in: codes to print and to show, certificates, and badges."""
