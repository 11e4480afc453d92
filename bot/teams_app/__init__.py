"""The package an administrator uploads so that people find the bot in Teams: manifest, languages and icons."""
