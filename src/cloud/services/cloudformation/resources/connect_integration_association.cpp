// AWS::Connect::IntegrationAssociation: bots and functions have operations of their own, the other
// kinds an id.
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"InstanceId*^ IntegrationArn*^ IntegrationType*^ Tags~">();
constexpr auto kAttributes = Words<"IntegrationAssociationId">();
constexpr Mapping kMapping{
    .type = "AWS::Connect::IntegrationAssociation",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateIntegrationAssociation",
    .ids_of_arns = true,
};

// "InstanceId|IntegrationType|IntegrationArn".
struct Association {
  std::string instance;
  std::string type;
  std::string arn;
};

Association ReadId(const ResourceOrder& order) {
  const auto parts = Split(order.physical_id, '|');
  if (parts.size() < 3) return {};
  return {std::string(parts[0]), std::string(parts[1]), std::string(parts[2])};
}

struct Asked {
  std::string operation;
  json::Object input;
};

// Associate or Disassociate, of a bot's alias or a function.
Asked AskedFor(const std::string& verb, const Association& association) {
  Asked asked;
  asked.input.Set("InstanceId", association.instance.substr(association.instance.rfind('/') + 1));
  if (association.type == "LAMBDA_FUNCTION") {
    asked.operation = verb + "LambdaFunction";
    asked.input.Set("FunctionArn", association.arn);
  } else {
    asked.operation = verb + "Bot";
    json::Object bot;
    bot.Set("AliasArn", association.arn);
    asked.input.Set("LexV2Bot", std::move(bot));
  }
  return asked;
}

bool HasOwnOperations(const Association& association) {
  return association.type == "LAMBDA_FUNCTION" || association.type == "LEX_BOT";
}

net::aw<Answer<std::string>> FindAssociationId(WaitContext context, Association association) {
  json::Object input;
  input.Set("InstanceId", association.instance.substr(association.instance.rfind('/') + 1));
  input.Set("IntegrationType", association.type);
  input.Set("IntegrationArn", association.arn);
  Answer<> answer =
      co_await context.Call("connect", "ListIntegrationAssociations", std::move(input));
  if (!answer) co_return std::move(answer).error();
  for (const json::Value& row : answer->GetArray("IntegrationAssociationSummaryList")) {
    if (row.AsObject().GetString("IntegrationArn") == association.arn)
      co_return std::string(row.AsObject().GetString("IntegrationAssociationId"));
  }
  co_return ServiceError("NotFound", "The integration association does not exist.");
}

net::aw<Answer<MadeResource>> CreateAssociation(WaitContext context, ResourceOrder order) {
  const json::Object& wanted = order.properties;
  const Association association{std::string(wanted.GetString("InstanceId")),
                                std::string(wanted.GetString("IntegrationType")),
                                std::string(wanted.GetString("IntegrationArn"))};
  MadeResource made;
  made.physical_id =
      fmt::format("{}|{}|{}", association.instance, association.type, association.arn);
  Asked asked;
  if (HasOwnOperations(association)) {
    asked = AskedFor("Associate", association);
  } else {
    asked.operation = "CreateIntegrationAssociation";
    const InputParts parts{.properties = &order.properties};
    TL_CO_TRY(asked.input, MakeInput(context, kMapping, order, asked.operation, parts));
    const json::Object tags = TagsOf(kMapping, order);
    if (!tags.empty()) asked.input.Set("Tags", tags);
  }
  const bool again = !order.physical_id.empty();
  if (!again) {
    Answer<> done =
        co_await CallTagged(context, "connect", asked.operation, std::move(asked.input));
    if (!done) co_return std::move(done).error();
    if (order.created) order.created(made.physical_id);
    made.attributes.SetIfNotEmpty("IntegrationAssociationId",
                                  done->GetString("IntegrationAssociationId"));
  }
  if (made.attributes.empty()) {
    // Bots and functions have no id of an association: GetAtt gives what was associated.
    made.attributes.Set("IntegrationAssociationId", association.arn);
  }
  co_return made;
}

net::aw<Answer<void>> RemoveAssociation(WaitContext context, ResourceOrder order) {
  const Association association = ReadId(order);
  if (HasOwnOperations(association)) {
    Asked asked = AskedFor("Disassociate", association);
    co_return co_await CallUnlessGone(context, "connect", asked.operation, std::move(asked.input));
  }
  Answer<std::string> id = co_await FindAssociationId(context, association);
  if (!id && IsGone(id.error().code)) co_return Answer<void>();
  if (!id) co_return std::move(id).error();
  json::Object input;
  input.Set("InstanceId", association.instance.substr(association.instance.rfind('/') + 1));
  input.Set("IntegrationAssociationId", *id);
  co_return co_await CallUnlessGone(context, "connect", "DeleteIntegrationAssociation",
                                    std::move(input));
}

}  // namespace

constinit const ResourceType kConnectIntegrationAssociationType{.name = kMapping.type,
                                                                .properties = kProperties,
                                                                .attributes = kAttributes,
                                                                .create = CreateAssociation,
                                                                .remove = RemoveAssociation,
                                                                .mapping = &kMapping,
                                                                .resumes = true};

}  // namespace trunkline::cloud::cloudformation
