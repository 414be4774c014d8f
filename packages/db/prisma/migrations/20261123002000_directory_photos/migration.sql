-- What a directory says of somebody's photo is an item of its own.
ALTER TYPE "sync_target" ADD VALUE 'PHOTO';

-- Of the photo that the source has given last: equal means that there is nothing to do.
ALTER TABLE "sync_link" ADD COLUMN "photo_hash" TEXT;

-- Whose photo it is to change: the source's that has given it last, nobody's but hers once she has chosen one.
ALTER TABLE "person" ADD COLUMN "photo_source_id" UUID;
