DROP TABLE client_key;
DROP TABLE client;
