// Connections: how API destinations prove who they are. What is secret is kept in Secrets Manager,
// as by AWS, and shown nowhere else.
#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/arn.h"
#include "cloud/services/events/families.h"
#include "cloud/services/events/records.h"

namespace trunkline::cloud::events {
namespace {

Answer<void> CheckParameters(const json::Object& input) {
  const std::string_view type = input.GetString("AuthorizationType");
  const json::Object& parameters = input.GetObject("AuthParameters");
  const std::string_view wanted = type == "BASIC"     ? "BasicAuthParameters"
                                  : type == "API_KEY" ? "ApiKeyAuthParameters"
                                                      : "OAuthParameters";
  if (!parameters.Has(wanted)) {
    return ServiceError("ValidationException",
                        fmt::format("{} is required for the authorization type {}.", wanted, type));
  }
  if (input.Has("InvocationConnectivityParameters") || parameters.Has("ConnectivityParameters")) {
    return ServiceError("ValidationException",
                        "private connectivity is not implemented by the embedded cloud");
  }
  return {};
}

void HideValues(json::Object& http) {
  for (const std::string_view list :
       {"HeaderParameters", "QueryStringParameters", "BodyParameters"}) {
    json::Array shown = http.GetArray(list);
    for (json::Value& one : shown) {
      if (one.AsObject().GetBool("IsValueSecret")) one.AsObject().Remove("Value");
    }
    if (!shown.empty()) http.Set(list, std::move(shown));
  }
}

// Without passwords, secrets and keys.
json::Object Shown(const json::Object& parameters) {
  json::Object shown = parameters;
  const auto hide = [&](std::string_view group, std::string_view secret) {
    if (!shown.Has(group)) return;
    json::Object part = shown.GetObject(group);
    part.Remove(secret);
    shown.Set(group, std::move(part));
  };
  hide("BasicAuthParameters", "Password");
  hide("ApiKeyAuthParameters", "ApiKeyValue");
  if (shown.Has("OAuthParameters")) {
    json::Object oauth = shown.GetObject("OAuthParameters");
    json::Object client = oauth.GetObject("ClientParameters");
    client.Remove("ClientSecret");
    oauth.Set("ClientParameters", std::move(client));
    json::Object http = oauth.GetObject("OAuthHttpParameters");
    HideValues(http);
    if (!http.empty()) oauth.Set("OAuthHttpParameters", std::move(http));
    shown.Set("OAuthParameters", std::move(oauth));
  }
  if (shown.Has("InvocationHttpParameters")) {
    json::Object http = shown.GetObject("InvocationHttpParameters");
    HideValues(http);
    shown.Set("InvocationHttpParameters", std::move(http));
  }
  return shown;
}

Answer<Record> FindConnection(Context& context, const json::Object& input, std::string_view verb) {
  const std::string_view name = input.GetString("Name");
  if (const Record* record = context.store.Find(context.RegionScope(), kConnection, name))
    return *record;
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("Failed to {} the connection(s). Connection '{}' does not exist.", verb, name));
}

// The names within the secret are others than in the API (seen in recordings of the service).
std::string SecretOf(const json::Object& parameters) {
  json::Object secret;
  const auto put = [&secret](const json::Object& from, std::string_view key, std::string_view as) {
    if (const json::Value* value = from.Find(key)) secret.Set(as, *value);
  };
  const json::Object& basic = parameters.GetObject("BasicAuthParameters");
  put(basic, "Username", "username");
  put(basic, "Password", "password");
  const json::Object& key = parameters.GetObject("ApiKeyAuthParameters");
  put(key, "ApiKeyName", "api_key_name");
  put(key, "ApiKeyValue", "api_key_value");
  const json::Object& oauth = parameters.GetObject("OAuthParameters");
  put(oauth.GetObject("ClientParameters"), "ClientID", "client_id");
  put(oauth.GetObject("ClientParameters"), "ClientSecret", "client_secret");
  put(oauth, "AuthorizationEndpoint", "authorization_endpoint");
  put(oauth, "HttpMethod", "http_method");
  put(oauth, "OAuthHttpParameters", "oauth_http_parameters");
  put(parameters, "InvocationHttpParameters", "invocation_http_parameters");
  return json::Write(secret);
}

void Keep(Context& context, Record connection) {
  context.store.Put(context.RegionScope(), kConnection, std::move(connection));
}

Answer<> CreateConnection(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  if (context.store.Find(context.RegionScope(), kConnection, name)) {
    return ServiceError("ResourceAlreadyExistsException",
                        fmt::format("Connection {} already exists.", name));
  }
  TL_DO(CheckParameters(input));
  const std::string id = NewUuid(context.random);
  json::Object secret{{"Name", fmt::format("events!connection/{}/{}", name, id)},
                      {"SecretString", SecretOf(input.GetObject("AuthParameters"))}};
  TL_TRY(const json::Object made, context.Call("secretsmanager", "CreateSecret", secret));
  json::Object body{
      {"Name", name},
      {"ConnectionArn", MakeArn(context, "events", fmt::format("connection/{}/{}", name, id))},
      {"ConnectionState", "AUTHORIZED"},
      {"AuthorizationType", input.GetString("AuthorizationType")},
      {"AuthParameters", Shown(input.GetObject("AuthParameters"))},
      {"SecretArn", made.GetString("ARN")},
      {"CreationTime", Seconds(context)},
      {"LastModifiedTime", Seconds(context)},
      {"LastAuthorizedTime", Seconds(context)}};
  CopyGiven(input, {"Description", "KmsKeyIdentifier"}, body);
  Record record{.id = name, .parent = "", .name = name, .body = std::move(body)};
  json::Object answer = record.body;
  Keep(context, std::move(record));
  return answer;
}

Answer<> DescribeConnection(Context& context, const json::Object& input) {
  TL_TRY(const Record connection, FindConnection(context, input, "describe"));
  return connection.body;
}

// The parameters are replaced as a whole.
Answer<> UpdateConnection(Context& context, const json::Object& input) {
  TL_TRY(Record connection, FindConnection(context, input, "update"));
  CopyGiven(input, {"Description", "AuthorizationType", "KmsKeyIdentifier"}, connection.body);
  if (input.Has("AuthParameters")) {
    json::Object checked = input;
    checked.Set("AuthorizationType", connection.body.GetString("AuthorizationType"));
    TL_DO(CheckParameters(checked));
    json::Object secret{{"SecretId", connection.body.GetString("SecretArn")},
                        {"SecretString", SecretOf(input.GetObject("AuthParameters"))}};
    TL_DO(context.Call("secretsmanager", "PutSecretValue", secret));
    connection.body.Set("AuthParameters", Shown(input.GetObject("AuthParameters")));
    connection.body.Set("ConnectionState", "AUTHORIZED");
    connection.body.Set("LastAuthorizedTime", Seconds(context));
  }
  connection.body.Set("LastModifiedTime", Seconds(context));
  json::Object answer = connection.body;
  Keep(context, std::move(connection));
  return answer;
}

Answer<void> DeleteSecretOf(Context& context, const Record& connection) {
  json::Object input{{"SecretId", connection.body.GetString("SecretArn")},
                     {"ForceDeleteWithoutRecovery", true}};
  const auto deleted = context.Call("secretsmanager", "DeleteSecret", input);
  if (deleted || deleted.error().code == "ResourceNotFoundException") return {};
  return deleted.error();
}

Answer<> DeauthorizeConnection(Context& context, const json::Object& input) {
  TL_TRY(Record connection, FindConnection(context, input, "deauthorize"));
  json::Object emptied{{"SecretId", connection.body.GetString("SecretArn")},
                       {"SecretString", "{}"}};
  TL_DO(context.Call("secretsmanager", "PutSecretValue", emptied));
  connection.body.Set("ConnectionState", "DEAUTHORIZED");
  connection.body.Set("LastModifiedTime", Seconds(context));
  json::Object answer = connection.body;
  Keep(context, std::move(connection));
  return answer;
}

Answer<> DeleteConnection(Context& context, const json::Object& input) {
  TL_TRY(const Record connection, FindConnection(context, input, "delete"));
  TL_DO(DeleteSecretOf(context, connection));
  json::Object answer = connection.body;
  answer.Set("ConnectionState", "DELETING");
  context.store.Delete(context.RegionScope(), kConnection, connection.id);
  return answer;
}

Answer<> ListConnections(Context& context, const json::Object& input) {
  const auto keep = [&](const Record& connection) {
    return !input.Has("ConnectionState") ||
           connection.body.GetString("ConnectionState") == input.GetString("ConnectionState");
  };
  return ListNamed(context, input,
                   {.kind = kConnection, .parent = {}, .list = "Connections", .keep = keep});
}

constexpr Operation kOperations[] = {
    {.name = "CreateConnection", .handle = CreateConnection},
    {.name = "DeauthorizeConnection", .handle = DeauthorizeConnection},
    {.name = "DeleteConnection", .handle = DeleteConnection},
    {.name = "DescribeConnection", .handle = DescribeConnection},
    {.name = "ListConnections", .handle = ListConnections},
    {.name = "UpdateConnection", .handle = UpdateConnection},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kConnectionOperations = kOperations;

}  // namespace trunkline::cloud::events
