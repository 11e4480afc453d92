"""The system register's real adapter: fetches Systemoversikten's tables, keeps a snapshot, takes it into use.

client     the tables over HTTP
snapshot   the file in DATA_DIR that is used instead of the shipped register
refresh    fetch, check, keep: every night and on demand
"""
