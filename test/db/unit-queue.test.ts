import { copyFileSync } from 'node:fs'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../db/open.ts'
import { insertPerson, listPeople } from '../../db/person.ts'
import { insertPhoneMessage, listMsgidsOf, listMsgidsOnPhone } from '../../db/phone-message.ts'
import { busy_ms_max } from '../../db/sqlite-file.ts'
import { insertTemplateMessage } from '../../db/template-message.ts'
import type { Db } from '../../db/unit.ts'
import { stopwatch } from '../../src/world/clock.ts'
import { beside, openBeside } from './place.ts'
import { endsOf, keysOf, put } from './rows.ts'

function person(key: string) {
  return { epoch: 1, person: key, key, name: key, mobile: null, created_at: 0 }
}

function templateMessage(msgid: string) {
  return {
    epoch: 1,
    msgid,
    appid: 'wx',
    openid: 'o',
    template_id: 't',
    title: '',
    shown: '{}',
    url: '',
    on_phone: 1,
    accepted_at: 0,
    due_at: null,
    receipt: null,
    receipt_at: null,
    client_msg_id: null,
  }
}

describe('units on SQLite', () => {
  it('share one commit when they come in one turn of the event loop', async () => {
    const { store, other } = await openBeside('sqlite')
    const counts: unknown[] = []
    const units = Array.from({ length: 40 }, (_, i) =>
      store
        .unit('write', ({ db }) => put(db, String(i)))
        .then(() => counts.push(other.rows('select count(*) as n from counter'))),
    )
    await Promise.all(units)
    expect(counts).toEqual(Array.from({ length: 40 }, () => [{ n: 40 }]))
  })

  it('have commits of their own when they come in two turns', async () => {
    const { store, other } = await openBeside('sqlite')
    await store.unit('first', ({ db }) => put(db, 'a'))
    let seen: unknown
    await store.unit('second', ({ db }) => {
      put(db, 'b')
      seen = other.rows('select key from counter')
    })
    expect(seen).toEqual([{ key: 'a' }])
  })

  it('fail alone when their commit fails, and those that would have shared it are kept', async () => {
    const { store, other } = await openBeside('sqlite')
    await store.unit('tables', ({ db }) => {
      db.write(sql`create table parent (id integer primary key)`)
      db.write(
        sql`create table child (parent integer references parent (id) deferrable initially deferred)`,
      )
    })
    const units = ['a', 'b', 'c'].map((key) =>
      store.unit(key, ({ db }) => {
        put(db, key)
        if (key === 'b') db.write(sql`insert into child values (1)`)
      }),
    )
    const lost = expect.stringMatching(/^failed: FOREIGN KEY/)
    expect(await endsOf(units)).toEqual([undefined, lost, undefined])
    await store.unit('next', ({ db }) => put(db, 'next'))
    expect(await keysOf(other)).toEqual(['a', 'c', 'next'])
  })

  it('fail alone when a row that waited for the commit cannot be written', async () => {
    const { store } = await openBeside('sqlite')
    const keep = (trace: string) => store.unit(trace, ({ db }) => insertPerson(db, person(trace)))
    const ends = await endsOf(['a', 'b', 'a', 'c'].map(keep))
    expect(ends).toEqual([undefined, undefined, expect.stringContaining('UNIQUE'), undefined])
    const people = await store.unit('look', ({ db }) => listPeople(db, 1, 10))
    expect(people.map((row) => row.person)).toEqual(['a', 'b', 'c'])
  })

  it('do not fail because they look where a row of another cannot be written', async () => {
    const { store } = await openBeside('sqlite')
    const keep = (trace: string) => store.unit(trace, ({ db }) => insertPerson(db, person(trace)))
    const look = () =>
      store.unit('look', ({ db }) => listPeople(db, 1, 10).map((row) => row.person))
    const units = [keep('a'), keep('b'), keep('a'), look(), keep('c'), look()]
    expect(await endsOf(units)).toEqual([
      undefined,
      undefined,
      expect.stringContaining('UNIQUE'),
      ['a', 'b'],
      undefined,
      ['a', 'b', 'c'],
    ])
  })

  it('see the rows that wait for the commit, of their own and of those before them', async () => {
    const { store } = await openBeside('sqlite')
    const seen = await Promise.all(
      ['a', 'b', 'c'].map((key) =>
        store.unit(key, ({ db, undo }) => {
          insertPerson(db, person(key))
          const before = listPeople(db, 1, 10).map((row) => row.person)
          if (key === 'b') undo()
          return before
        }),
      ),
    )
    expect(seen).toEqual([['a'], ['a', 'b'], ['a', 'c']])
  })

  it('fail when the disk is full, and those that have room are kept', async () => {
    const { store, other } = await openBeside('sqlite')
    const [first] = await other.rows('pragma page_count')
    const pages = Number(first?.['page_count'])
    await store.unit('limit', ({ db }) => db.write(sql.raw(`pragma max_page_count = ${pages}`)))
    const ends = endsOf([
      store.unit('small', ({ db }) => put(db, 'small')),
      store.unit('large', ({ db }) => put(db, 'x'.repeat(100_000))),
      store.unit('after', ({ db }) => put(db, 'after')),
    ])
    const lost = expect.stringMatching(/^failed: database or disk is full/)
    expect(await ends).toEqual([undefined, lost, undefined])
    await store.unit('next', ({ db }) => put(db, 'next'))
    expect(await keysOf(other)).toEqual(['after', 'next', 'small'])
  })

  it('fail while another program has the file locked, and go on when it lets go', async () => {
    const { store, other } = await openBeside('sqlite')
    other.rows('begin immediate')
    const started = stopwatch()
    const units = ['a', 'b', 'c', 'd', 'e'].map((key) => store.unit(key, ({ db }) => put(db, key)))
    const locked = 'failed: database is locked'
    expect(await endsOf(units)).toEqual([locked, locked, locked, locked, locked])
    // The first waits for the lock, then all who came meanwhile together; not each.
    expect(started()).toBeLessThan(3 * busy_ms_max * 1000)
    other.rows('rollback')
    await store.unit('next', ({ db }) => put(db, 'next'))
    expect(await keysOf(other)).toEqual(['next'])
  })

  it('show what is filed late to whoever asks, whatever was undone or lost meanwhile', async () => {
    const { store, data } = await openBeside('sqlite')
    const file = (msgid: string) => (db: Db) =>
      insertPhoneMessage(db, { epoch: 1, openid: 'o', msgid, on_phone: 1 })
    const list = (db: Db) => listMsgidsOf(db, { epoch: 1, openid: 'o', after: '', limit: 10 })
    await store.unit('a', ({ db }) => file('a')(db))
    const seen = await Promise.all([
      store.unit('b', ({ db, undo }) => {
        file('b')(db)
        const before = list(db)
        undo()
        file('c')(db)
        return [before, list(db)]
      }),
      store.unit('d', ({ db }) => {
        file('d')(db)
        put(db, 'writes')
        return list(db)
      }),
      store
        .unit('e', ({ db }) => {
          file('e')(db)
          list(db)
          throw new Error('as it should')
        })
        .catch(() => 'failed'),
      store.unit('f', ({ db }) => list(db)),
    ])
    expect(seen).toEqual([
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
      ['a', 'c', 'd'],
      'failed',
      ['a', 'c', 'd'],
    ])
    await store.unit('g', ({ db }) => file('g')(db))
    await store.close()
    const other = await beside(data)
    expect(await other.rows('select msgid from phone_message order by msgid')).toEqual(
      ['a', 'c', 'd', 'g'].map((msgid) => ({ msgid })),
    )
  })

  it('leave nothing filed late when they fail after all, sealed or not', async () => {
    const { store } = await openBeside('sqlite')
    const failing = store.unit('failing', ({ db, seal, undo }) => {
      const file = (msgid: string) =>
        insertPhoneMessage(db, { epoch: 1, openid: 'o', msgid, on_phone: 1 })
      file('sealed')
      seal()
      file('undone')
      undo()
      throw new Error('it had enough')
    })
    expect(await endsOf([failing])).toEqual(['failed: it had enough'])
    const at = { epoch: 1, openid: 'o', after: '', limit: 10 }
    expect(await store.unit('look', ({ db }) => listMsgidsOf(db, at))).toEqual([])
  })

  it('leave behind what is filed late when their process is killed: the next one files it', async () => {
    const { store, data } = await openBeside('sqlite')
    await store.unit('send', ({ db }) => insertTemplateMessage(db, templateMessage('1')))
    await store.unit('send', ({ db }) => insertTemplateMessage(db, templateMessage('2')))
    const killed = `${data}-killed`
    for (const end of ['', '-wal']) copyFileSync(data + end, killed + end)
    const next = await openStore(killed)
    onTestFinished(() => next.close())
    const at = { epoch: 1, openid: 'o' }
    expect(await next.unit('look', ({ db }) => listMsgidsOnPhone(db, at))).toEqual(['2', '1'])
  })
})
