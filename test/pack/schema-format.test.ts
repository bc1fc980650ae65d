import { expect, test } from 'vitest';

import { parseFormat } from '../../src/pack/schema-format.ts';

test.each<[string, unknown[]]>([
  ['${string}', [{ type: 'string' }]],
  ['${ipv4} - ${ipv4}', [{ type: 'ipv4' }, { text: ' - ' }, { type: 'ipv4' }]],
  ['${string}, ${string:/size=\\d+/}', [{ type: 'string' }, { text: ', ' }, { type: 'string', pattern: 'size=\\d+' }]],
  ['${string:/a{2,3}/}', [{ type: 'string', pattern: 'a{2,3}' }]],
  ['${number:[5000-5005]}', [{ type: 'number', least: 5000, most: 5005 }]],
  ['${number:[-5--1.5]}', [{ type: 'number', least: -5, most: -1.5 }]],
  ['${list:[PACK, GIT]}!', [{ type: 'list', options: ['PACK', 'GIT'] }, { text: '!' }]],
  ['$${password}', [{ text: '$' }, { type: 'password' }]],
  ['${version:/1.*/}', [{ type: 'version', pattern: '1.*' }]],
])('%s', (text, parts) => {
  expect(parseFormat(text)).toEqual({ parts });
});

test.each<[string, number, number, string]>([
  ['', 0, 0, 'the format asks for no type, such as "${string}"'],
  ['string', 0, 6, 'the format asks for no type, such as "${string}"'],
  ['${}', 0, 2, '"${" is followed by no type'],
  ['a${strng}', 3, 5, '"strng" is no type: did you mean "string"?'],
  ['${input}', 2, 5, '"input" is no type: the types are string, number, boolean, password, list, ipv4, version'],
  ['${string', 0, 2, '"${" is not closed'],
  ['${string }', 0, 2, '"${" is not closed'],
  ['${list}', 2, 4, 'a list needs its options, such as "${list:[A,B]}"'],
  ['${list:[]}', 7, 2, 'the list has no options'],
  ['${list:[A,B}', 7, 1, '"[" is not closed by "]}"'],
  ['${list:/a/}', 7, 1, 'the type "list" takes no regular expression'],
  ['${boolean:/a/}', 10, 1, 'the type "boolean" takes no regular expression'],
  ['${string:[1-2]}', 9, 5, 'the type "string" takes no brackets'],
  ['${number:[1]}', 9, 3, 'a range is two numbers, such as "[1-10]"'],
  ['${number:[2-1]}', 9, 5, 'nothing lies between 2 and 1'],
  ['${string:/a}', 9, 1, 'the regular expression is not closed by "/}"'],
  ['${string:/a(/}', 11, 1, '"(" is not closed'],
  ['${string:a}', 9, 1, 'behind ":" stands a regular expression between slashes, or a range or list in brackets'],
])('%j is wrong', (text, offset, length, reason) => {
  expect(parseFormat(text)).toEqual({ problem: { offset, length, reason } });
});
