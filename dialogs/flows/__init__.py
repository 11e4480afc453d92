"""The conversations themselves, one module each: choosing the form, self-help, filling, confirming, status, notices."""
