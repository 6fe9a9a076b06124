"""A database that a test is done with, made as new: a tenth of the work of another copy."""

from __future__ import annotations

import psycopg
from psycopg import sql

_ALONE = """
select pg_terminate_backend(pid, 5000) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""

_EMPTY = """
do $$
declare name text; filled boolean;
begin
  set local session_replication_role = replica; -- the order of foreign keys does not matter
  for name in
    select c.oid::regclass::text from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and c.relname <> 'alembic_version'
  loop
    execute format('select exists (select from %s)', name) into filled;
    if filled then execute format('delete from %s', name); end if;
  end loop;
  for name in
    select format('%I.%I', schemaname, sequencename) from pg_sequences where last_value is not null
  loop
    execute format('alter sequence %s restart', name);
  end loop;
end $$
"""

_SHAPE = """
select md5(string_agg(line, E'\\n' order by line)) from (
  select concat_ws(' ', 'class', c.relname, c.relkind, c.relacl, c.reloptions,
                   pg_get_expr(c.relpartbound, c.oid)) as line
  from pg_class c where c.relnamespace = 'public'::regnamespace
  union all
  select concat_ws(' ', 'column', a.attrelid::regclass, a.attnum, a.attname, a.atttypid, a.attnotnull,
                   pg_get_expr(d.adbin, d.adrelid))
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and a.attnum > 0
  union all
  select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
  from pg_constraint where connamespace = 'public'::regnamespace
  union all
  select concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled) from pg_trigger
  where not tgisinternal
  union all
  select concat_ws(' ', 'function', proname, md5(prosrc)) from pg_proc
  where pronamespace = 'public'::regnamespace
  union all
  select concat_ws(' ', 'setting', setrole, setconfig) from pg_db_role_setting
  where setdatabase = (select oid from pg_database where datname = current_database())
) as shape
"""


def shape(url: str) -> str:
    """What tables, columns, rights and the like a database has, but for its rows."""
    with psycopg.connect(url) as conn:
        return _one(conn)


def made_as_new(url: str, new: str) -> bool:
    """Ends every connection, deletes every row, lets all numbers begin again. False where its shape is
    not `new`: a test that changed tables leaves a database that nobody else shall have.
    """
    with psycopg.connect(url) as conn:
        conn.execute(_ALONE)
        conn.execute(sql.SQL(_EMPTY))
        return _one(conn) == new


def _one(conn: psycopg.Connection) -> str:
    row = conn.execute(_SHAPE).fetchone()
    assert row is not None
    return str(row[0])
