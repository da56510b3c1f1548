export * from './boolean-fields';
export * from './contact-fields';
export * from './date-fields';
export { emptiable } from './field';
export * from './list-query';
export * from './number-fields';
export * from './text-fields';
