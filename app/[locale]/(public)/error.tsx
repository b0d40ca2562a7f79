'use client';
import { ServerFault } from '../server-fault.tsx';

export default ServerFault;
