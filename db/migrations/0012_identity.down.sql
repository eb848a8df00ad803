DROP TABLE account_identity;
