package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** What is written is what AWS gets, all of it; what AWS would not understand is refused by name. */
class TaskDefinitionJsonTest {

    private WireServer server;
    private SdkAws aws;

    @BeforeEach
    void start() {
        server = new WireServer()
                .on(
                        "RegisterTaskDefinition",
                        WireServer.Reply.json(
                                "{\"taskDefinition\":{\"taskDefinitionArn\":\"arn:1\",\"status\":\"ACTIVE\","
                                        + "\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"i\"}]}}"));
        aws = SdkAws.open(new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDEXAMPLE", "s", null)));
    }

    @AfterEach
    void stop() {
        aws.close();
        server.close();
    }

    /** Made of the SDK's own description of the request: a new SDK with new members is covered as well. */
    @Test
    void everyMemberTheApiHasArrives() {
        Set<MarshallingType<?>> types = new HashSet<>();
        ObjectNode everything = sample(RegisterTaskDefinitionRequest.builder(), types);
        assertThat(everything.toString()).contains("\"containerPort\":8", "\"requiresCompatibilities\":[\"text\"]");
        assertThat(aws.registerTaskDefinition(everything.toString()).arn()).isEqualTo("arn:1");
        assertThat(server.last().json()).isEqualTo(everything);
        assertThat(types)
                .containsExactlyInAnyOrder(
                        MarshallingType.STRING,
                        MarshallingType.INTEGER,
                        MarshallingType.BOOLEAN,
                        MarshallingType.LIST,
                        MarshallingType.MAP,
                        MarshallingType.SDK_POJO);
    }

    private static ObjectNode sample(SdkPojo pojo, Set<MarshallingType<?>> types) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        pojo.sdkFields().forEach(field -> object.set(field.locationName(), value(field, types)));
        return object;
    }

    private static JsonNode value(SdkField<?> field, Set<MarshallingType<?>> types) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        types.add(field.marshallingType());
        if (field.containsTrait(ListTrait.class)) {
            return json.arrayNode().add(value(field.getTrait(ListTrait.class).memberFieldInfo(), types));
        } else if (field.containsTrait(MapTrait.class)) {
            return json.objectNode()
                    .set("key", value(field.getTrait(MapTrait.class).valueFieldInfo(), types));
        } else if (field.constructor() != null) {
            return sample(field.constructor().get(), types);
        } else if (field.marshallingType() == MarshallingType.INTEGER) {
            return json.numberNode(8);
        } else if (field.marshallingType() == MarshallingType.BOOLEAN) {
            return json.booleanNode(false);
        }
        return json.textNode("text");
    }

    @Test
    void whatEcsAddsWhenItDescribesIsLeftOut() {
        aws.registerTaskDefinition(
                """
                {"taskDefinitionArn":"arn:aws:ecs:eu-central-1:1:task-definition/web:11","revision":11,"status":"ACTIVE",
                "requiresAttributes":[{"name":"x"}],"compatibilities":["EC2"],"registeredAt":"2026-01-01T00:00:00Z",
                "registeredBy":"arn","family":"web","volumes":[],"containerDefinitions":[{"name":"web","image":"i"}]}""");
        assertThat(server.last().json().toString())
                .isEqualTo("{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"i\"}],"
                        + "\"volumes\":[]}");
    }

    @Test
    void emptyListsMapsAndFalseArriveToo() {
        String json = "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"command\":[],"
                + "\"environment\":[],\"essential\":false,\"dockerLabels\":{},\"cpu\":0}]}";
        aws.registerTaskDefinition(json);
        assertThat(server.last().json()).isEqualTo(new WireServer.Request("", "", json.getBytes()).json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"portMappings\":[{\"containerPort\":\"x\"}]} | portMappings[0].containerPort: expected a whole number, got \"x\"",
                "{\"portMappings\":[{\"containerPort\":3000.5}]} | portMappings[0].containerPort: expected a whole number, got 3000.5",
                "{\"cpu\":4294967296} | cpu: expected a whole number below 2^31, got 4294967296",
                "{\"memory\":true} | memory: expected a whole number, got true",
                "{\"essential\":\"true\"} | essential: expected true or false, got \"true\"",
                "{\"essential\":1} | essential: expected true or false, got 1",
                "{\"image\":1.5} | image: expected a text in quotes, got 1.5",
                "{\"image\":{}} | image: expected a text in quotes, got an object",
                "{\"command\":\"run\"} | command: expected a list in brackets, got \"run\"",
                "{\"command\":[\"run\",7]} | command[1]: expected a text in quotes, got 7",
                "{\"command\":[null]} | command[0]: expected a text in quotes, got null",
                "{\"dockerLabels\":[]} | dockerLabels: expected an object in braces, got a list",
                "{\"dockerLabels\":{\"a\":7}} | dockerLabels[\"a\"]: expected a text in quotes, got 7",
                "{\"healthCheck\":[]} | healthCheck: expected an object in braces, got a list",
                "{\"portMapping\":[]} | portMapping: unknown member; did you mean portMappings?",
                "{\"logConfiguration\":{\"logdriver\":\"awslogs\"}} | logConfiguration.logdriver: unknown member; did you mean logDriver?",
                "{\"zzz\":1} | zzz: unknown member"
            })
    void wrongMembersAreNamedWithTheirPath(String container, String problem) {
        String json = "{\"family\":\"web\",\"containerDefinitions\":[" + container + "]}";
        assertThat(TaskDefinitionJson.problems(json)).containsExactly("containerDefinitions[0]." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | expected an object in braces, got a list",
                "`` | expected an object in braces, got nothing",
                "{\"taskDefinition\":{\"family\":\"web\"}} | taskDefinition: give only what is inside this member",
                "{\"family\":\"web\"} | containerDefinitions: missing",
                "{\"containerDefinitions\":[],\"family\":null} | family: missing",
                "{\"cpu\":256,\"family\":\"web\",\"containerDefinitions\":[]} | cpu: expected a text in quotes, got 256",
                "{\"Family\":\"web\",\"family\":\"web\",\"containerDefinitions\":[]} | Family: unknown member; did you mean family?"
            })
    void wrongDocuments(String json, String problem) {
        assertThat(TaskDefinitionJson.problems(json)).containsExactly(problem);
    }

    @Test
    void noJson() {
        assertThat(TaskDefinitionJson.problems("{\n \"family\": web}"))
                .singleElement()
                .asString()
                .startsWith("line 2, column ")
                .contains("no JSON");
        assertThat(TaskDefinitionJson.problems("{\"family\":\"a\",\"family\":\"b\"}"))
                .singleElement()
                .asString()
                .contains("Duplicate");
        assertThat(TaskDefinitionJson.problems("{} {}"))
                .singleElement()
                .asString()
                .contains("no JSON");
    }

    @Test
    void allProblemsAreToldAtOnceAndNothingIsSent() {
        assertThatThrownBy(() -> aws.registerTaskDefinition(
                        "{\"family\":7,\"containerDefinitions\":[{\"nam\":\"web\"}],\"memory\":512}"))
                .isInstanceOf(AwsFailure.class)
                .hasMessage("the task definition cannot be registered: family: expected a text in quotes, got 7;"
                        + " containerDefinitions[0].nam: unknown member; did you mean name?;"
                        + " memory: expected a text in quotes, got 512")
                .extracting(e -> ((AwsFailure) e).kind())
                .isEqualTo(AwsFailure.Kind.INVALID);
        assertThat(server.requests()).isEmpty();
    }
}
