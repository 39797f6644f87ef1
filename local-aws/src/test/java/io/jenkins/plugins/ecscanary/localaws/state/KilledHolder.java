package io.jenkins.plugins.ecscanary.localaws.state;

import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ScaledTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps notes at a fast clock, says the simulated time once the second is saved, and waits to be killed. */
public final class KilledHolder {

    private KilledHolder() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        World world = new World(
                "123456789012", "eu-central-1", new ScaledTime(1000, Instant.MIN), new Ids(new Random(1)), line -> {});
        Notes notes = new Notes("first");
        StateDirectory state = StateDirectory.open(directory, world.account(), world.region());
        Keeper.restored(world, state, List.of(notes)).start();
        for (int i = 0; i < 2; i++) {
            String text = Integer.toString(i);
            world.run(() -> notes.notes.add(Notes.note(text)));
            byte[] wanted = StateJson.MAPPER.writeValueAsBytes(world.look(notes::snapshot));
            while (!state.has("first", wanted)) {
                Thread.onSpinWait();
            }
        }
        System.out.println(world.now());
        new LinkedBlockingQueue<String>().take();
    }
}
