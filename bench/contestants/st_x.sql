-- No answer at all: what it costs to read each row and call one small function on its point.
SELECT p.n, ST_X(p.geom) AS provider FROM place p
