package io.jenkins.plugins.ecscanary.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, giving those that want them their surroundings. */
final class CommandFactory implements IFactory {

    private final Surroundings surroundings;

    CommandFactory(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Surroundings.class) {
                return type.cast(constructor.newInstance(surroundings));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
