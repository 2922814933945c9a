"""The pages of the register of actions, and what is done from them."""
