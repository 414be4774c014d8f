#!/usr/bin/env node
// Stands where Prisma looks for a schema engine in commands that never ask it anything.
