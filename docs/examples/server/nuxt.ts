import { defineEventHandler, toWebRequest } from 'h3';
import { endpoints } from '~~/server/utils/qualifio';

export default defineEventHandler((event) => endpoints().tokenEndpoint(toWebRequest(event)));
