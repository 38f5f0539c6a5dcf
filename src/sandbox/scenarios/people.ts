/** Who talks in the sample calls. All of them are made up. */
import type { Group, Person } from '../scenario';

export const ASHA: Person = { name: 'Asha K.', userId: '8a1f6c52-0d3e-4b77-9c41-5e2b7f90a6d3', contactUri: 'sip:asha.k@voice.example' };
export const VIKRAM: Person = { name: 'Vikram R.', userId: '41d7be09-6f2a-4c18-8e53-b07a9cd2f16e', contactUri: 'sip:vikram.r@voice.example' };
/** A telephone at a desk: an agent known by number alone. */
export const DESK: Person = { userId: 'c93e5a70-2b84-4fd1-a6c7-19f8e0b3d452', contactUri: '+915555010090' };
export const MEERA: Person = { name: 'Meera S.', userId: '6b02d8f4-91ce-4a35-b7e0-3fd85c1a2974', contactUri: 'sip:meera.s@voice.example' };
export const FARID: Person = { name: 'Farid N.', userId: 'e57a19c3-4d86-4b02-8f9d-70c6b2a51e3f', contactUri: '+915555010091' };
export const LEELA: Person = { name: 'Leela D.', userId: '2fc4b70e-a863-4e19-95d2-8b1e6f03c7a5', contactUri: 'sip:leela.d@voice.example' };

export const SALES: Group = { id: '3107', name: 'Sales' };
export const SUPPORT: Group = { id: '3112', name: 'Support' };

/** The number that calls are made from and come in at. */
export const EXO_PHONE = '+911234567890';

/** Customer number so and so. */
export function customer(number: number, name?: string): Person {
  return { contactUri: `+9155550100${String(number).padStart(2, '0')}`, ...(name === undefined ? {} : { name }) };
}
