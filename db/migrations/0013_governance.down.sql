DROP TABLE review;
DROP TABLE governance_words;
