/** What a request failed with, for tests. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { ApiError } from '../../src/exotel/errors';

/** The `ApiError` that a promise rejects with; anything else fails the test. */
export async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof ApiError, inspect(error));
    return error;
  }
  return assert.fail('It should have failed.');
}
