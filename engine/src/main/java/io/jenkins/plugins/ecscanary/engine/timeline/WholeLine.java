package io.jenkins.plugins.ecscanary.engine.timeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Puts lines into a file as a whole or not at all: a disk that is nearly full takes half of one. */
public final class WholeLine {

    private WholeLine() {}

    /**
     * On disk when this returns; when it throws, the file is as long as it was, as far as that can be had.
     *
     * @param channel at whose end the line is put, by nobody else meanwhile
     */
    public static void append(FileChannel channel, byte[] line) throws IOException {
        long end = channel.size();
        try {
            channel.position(end);
            ByteBuffer rest = ByteBuffer.wrap(line);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(false);
        } catch (IOException e) {
            cutBack(channel, end, e);
            throw e;
        }
    }

    private static void cutBack(FileChannel channel, long end, IOException why) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
