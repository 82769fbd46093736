-- The other server of bench/run servers: four partitions of the clients, and the map by one row.
\set ON_ERROR_STOP 1
CREATE TABLE client (municipality integer, service text, place geometry(Point, 28992), age integer);
CREATE TABLE client_4 (LIKE client);
CREATE TABLE client_5 (LIKE client);
CREATE TABLE client_6 (LIKE client);
CREATE TABLE client_7 (LIKE client);
