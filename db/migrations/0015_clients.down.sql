DROP TABLE client_reference;
DROP TABLE client_key;
DROP TABLE client;
