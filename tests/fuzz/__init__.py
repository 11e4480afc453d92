"""Inputs nobody sane would send, to the running bot: thousands in `make test`, hundreds of thousands in `make fuzz`."""
