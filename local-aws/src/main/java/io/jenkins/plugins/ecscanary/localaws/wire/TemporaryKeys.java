package io.jenkins.plugins.ecscanary.localaws.wire;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that were given out for assumed roles. They are let in with their session token until they expire. */
public final class TemporaryKeys {

    /** For so long after its end a key is told from one that never was. */
    private static final Duration REMEMBERED = Duration.ofHours(12);

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final World world;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Issued> byId = new ConcurrentHashMap<>();

    public TemporaryKeys(World world) {
        this.world = world;
    }

    /**
     * @param role the role's name
     * @param session the session's name
     * @param valid in simulated time
     */
    public Issued issue(String role, String session, Duration valid) {
        Instant now = world.now();
        byId.values().removeIf(issued -> issued.expiration.plus(REMEMBERED).isBefore(now));
        StringBuilder id = new StringBuilder("ASIA");
        for (int i = 0; i < 16; i++) {
            id.append(UPPER.charAt(random.nextInt(UPPER.length())));
        }
        Issued issued = new Issued(id.toString(), base64(30), base64(120), now.plus(valid), role, session);
        byId.put(issued.accessKeyId, issued);
        return issued;
    }

    private String base64(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base64.getEncoder().encodeToString(drawn);
    }

    /** Also one that has expired. */
    public Optional<Issued> find(String accessKeyId) {
        return Optional.ofNullable(byId.get(accessKeyId));
    }

    boolean expired(Issued issued) {
        return !world.now().isBefore(issued.expiration);
    }

    /** A key, its secret and its token; printed without these. */
    public record Issued(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            Instant expiration,
            String role,
            String session) {

        @Override
        public String toString() {
            return "Issued[" + accessKeyId + ", " + role + "/" + session + ", until " + expiration + "]";
        }
    }
}
