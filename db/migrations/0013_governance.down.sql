DROP TABLE governance_original;
DROP TABLE review;
