"""What `certify doctor` looks at: facts gathered at the edge, and pure functions that judge them."""
