import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addToDate, daysBetween, readDate, weekdayOf, writeDate } from '../../services/tool/src/tools/dates.ts';
import { describeText } from '../../services/tool/src/tools/text.ts';
import { convert } from '../../services/tool/src/tools/units.ts';

test('days are counted over a leap day', () => {
  assert.equal(daysBetween(readDate('2028-02-01'), readDate('2028-03-01')), 29);
  assert.equal(daysBetween(readDate('2027-03-01'), readDate('2027-02-01')), -28);
});

test('a month after its last day is the last day of the next', () => {
  assert.equal(writeDate(addToDate(readDate('2027-01-31'), 1, 'months')), '2027-02-28');
  assert.equal(writeDate(addToDate(readDate('2028-02-29'), 1, 'years')), '2029-02-28');
  assert.equal(writeDate(addToDate(readDate('2027-01-31'), -2, 'months')), '2026-11-30');
});

test('weekdays have their names', () => {
  assert.equal(weekdayOf(readDate('2000-01-01')), 'Saturday');
  assert.equal(weekdayOf(readDate('2027-01-01')), 'Friday');
});

test('a day that does not exist is refused', () => {
  assert.throws(() => readDate('2027-02-29'), /there is no 2027-02-29/);
  assert.throws(() => readDate('soon'), /is not a date/);
});

test('units are converted both ways', () => {
  assert.ok(Math.abs(convert(26.2, 'miles', 'km') - 42.1648128) < 1e-9);
  assert.ok(Math.abs(convert(100, 'celsius', 'fahrenheit') - 212) < 1e-9);
  assert.ok(Math.abs(convert(-40, 'F', 'C') + 40) < 1e-9);
  assert.ok(Math.abs(convert(1, 'GiB', 'bytes') - 1_073_741_824) < 1e-3);
});

test('units of different quantities are refused', () => {
  assert.throws(() => convert(1, 'kg', 'metres'), /kg is a mass and metres a length/);
  assert.throws(() => convert(1, '__proto__', 'm'), /is not a unit/);
});

test('a text is measured by words and sentences, not by spaces', () => {
  const figures = describeText('The harbour is old. Ships came; ships went — and the harbour stayed.');
  assert.equal(figures.words, 12);
  assert.equal(figures.sentences, 2);
  assert.deepEqual(
    figures.frequentWords.slice(0, 2).map(({ word, count }) => [word, count]),
    [
      ['harbour', 2],
      ['ships', 2],
    ],
  );
});
