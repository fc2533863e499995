// OpenID Connect identity providers: kept and given back. Who signs in through one is not asked for
// here.
//   {"iam","oidc-provider"}  id: the ARN; body: "Url" (without https://), "ClientIDList",
//                            "ThumbprintList", "CreateDate", "Tags"
#include "cloud/services/iam/oidc.h"

#include <algorithm>

#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"

namespace trunkline::cloud::iam {

Answer<Record> FindOidcProvider(Context& context, std::string_view arn) {
  if (const Record* found = context.store.Find(context.AccountScope(), kOidcProvider, arn))
    return *found;
  return NoSuchEntity(fmt::format("OpenIDConnect Provider not found for arn {}", arn));
}

namespace {

constexpr std::size_t kMaxProviders = 100;
constexpr std::size_t kMaxClients = 100;
constexpr std::size_t kMaxThumbprints = 5;
constexpr std::string_view kScheme = "https://";

// "accounts.example.com/path" of an address; IAM takes https alone.
Answer<std::string> ReadUrl(std::string_view url) {
  std::string_view rest = url;
  if (rest.starts_with(kScheme)) rest.remove_prefix(kScheme.size());
  const bool host = !rest.empty() && rest.front() != '/' &&
                    rest.substr(0, rest.find('/')).find('.') != std::string_view::npos;
  const bool plain = rest.find_first_of("?# ") == std::string_view::npos &&
                     rest.find("://") == std::string_view::npos;
  if (url.starts_with(kScheme) && host && plain) return std::string(rest);
  return ServiceError("ValidationError", "Invalid Open ID Connect Provider URL");
}

Answer<void> CheckThumbprints(const json::Array& thumbprints) {
  if (thumbprints.size() <= kMaxThumbprints) return {};
  return ServiceError("InvalidInputException",
                      "Thumbprint list must contain fewer than 5 entries.");
}

Answer<> CreateOpenIDConnectProvider(Context& context, const json::Object& input) {
  TL_TRY(const std::string url, ReadUrl(input.GetString("Url")));
  const std::string arn = IamArn(context, "oidc-provider/" + url);
  TL_DO(CheckThumbprints(input.GetArray("ThumbprintList")));
  if (input.GetArray("ClientIDList").size() > kMaxClients)
    return LimitExceeded("Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100");
  TL_DO(CheckTags(input.GetArray("Tags"), TagKeys::kExact));
  if (FindOidcProvider(context, arn)) {
    return AlreadyExists(
        fmt::format("Provider with url {} already exists.", input.GetString("Url")));
  }
  if (context.store.List(context.AccountScope(), kOidcProvider).size() >= kMaxProviders)
    return LimitExceeded("Cannot exceed quota for OpenIdConnectProvidersPerAccount: 100");
  context.store.Put(context.AccountScope(), kOidcProvider,
                    {.id = arn,
                     .parent = {},
                     .name = arn,
                     .body = {{"Url", url},
                              {"ClientIDList", input.GetArray("ClientIDList")},
                              {"ThumbprintList", input.GetArray("ThumbprintList")},
                              {"CreateDate", json::Number{EpochSeconds(context.Now())}},
                              {"Tags", input.GetArray("Tags")}}});
  json::Object answer{{"OpenIDConnectProviderArn", arn}};
  if (input.Has("Tags")) answer.Set("Tags", input.At("Tags"));
  return answer;
}

Answer<Record> FindNamed(Context& context, const json::Object& input) {
  return FindOidcProvider(context, input.GetString("OpenIDConnectProviderArn"));
}

Answer<> GetOpenIDConnectProvider(Context& context, const json::Object& input) {
  TL_TRY(const Record provider, FindNamed(context, input));
  return provider.body;
}

Answer<> ListOpenIDConnectProviders(Context& context, const json::Object&) {
  json::Array shown;
  for (const Record* provider : context.store.List(context.AccountScope(), kOidcProvider))
    shown.push_back(json::Object{{"Arn", provider->id}});
  return json::Object{{"OpenIDConnectProviderList", std::move(shown)}};
}

Answer<> DeleteOpenIDConnectProvider(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("OpenIDConnectProviderArn");
  if (context.store.Delete(context.AccountScope(), kOidcProvider, arn)) return json::Object();
  return NoSuchEntity(fmt::format("OpenId connect Provider {} cannot be found.", arn));
}

Answer<> UpdateOpenIDConnectProviderThumbprint(Context& context, const json::Object& input) {
  TL_TRY(Record provider, FindNamed(context, input));
  TL_DO(CheckThumbprints(input.GetArray("ThumbprintList")));
  provider.body.Set("ThumbprintList", input.GetArray("ThumbprintList"));
  context.store.Put(context.AccountScope(), kOidcProvider, std::move(provider));
  return json::Object();
}

Answer<> AddClientIDToOpenIDConnectProvider(Context& context, const json::Object& input) {
  TL_TRY(Record provider, FindNamed(context, input));
  json::Array clients = provider.body.GetArray("ClientIDList");
  const json::Value& client = input.At("ClientID");
  if (std::ranges::find(clients, client) != clients.end()) return json::Object();
  if (clients.size() >= kMaxClients)
    return LimitExceeded("Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100");
  clients.push_back(client);
  provider.body.Set("ClientIDList", std::move(clients));
  context.store.Put(context.AccountScope(), kOidcProvider, std::move(provider));
  return json::Object();
}

Answer<> RemoveClientIDFromOpenIDConnectProvider(Context& context, const json::Object& input) {
  TL_TRY(Record provider, FindNamed(context, input));
  json::Array clients = provider.body.GetArray("ClientIDList");
  std::erase(clients, input.At("ClientID"));
  provider.body.Set("ClientIDList", std::move(clients));
  context.store.Put(context.AccountScope(), kOidcProvider, std::move(provider));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "AddClientIDToOpenIDConnectProvider", .handle = AddClientIDToOpenIDConnectProvider},
    {.name = "CreateOpenIDConnectProvider", .handle = CreateOpenIDConnectProvider},
    {.name = "DeleteOpenIDConnectProvider", .handle = DeleteOpenIDConnectProvider},
    {.name = "GetOpenIDConnectProvider", .handle = GetOpenIDConnectProvider},
    {.name = "ListOpenIDConnectProviders", .handle = ListOpenIDConnectProviders},
    {.name = "RemoveClientIDFromOpenIDConnectProvider",
     .handle = RemoveClientIDFromOpenIDConnectProvider},
    {.name = "UpdateOpenIDConnectProviderThumbprint",
     .handle = UpdateOpenIDConnectProviderThumbprint},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kOidcOperations = kOperations;

}  // namespace trunkline::cloud::iam
