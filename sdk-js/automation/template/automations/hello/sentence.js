/**
 * @param {import('@oarlock/automation/ctx').EventOf<'externalnetwork'>} event
 * @param {number} networks how many there are now
 */
export const sentence = ({ operation, object }, networks) => `${operation} ${object.name}, one of ${networks}`;
