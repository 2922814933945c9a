"""Stand-ins for cloud services, and the contracts that they and our own calls are held to.

Nothing here imports the product, and the product imports nothing of it.
"""
