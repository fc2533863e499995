// Who may call routes of HTTP APIs.
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "aws/sigv4.h"
#include "base/hash.h"
#include "base/json_write.h"
#include "cloud/execute_api/jwt.h"
#include "tests/cloud/execute_api/api_test.h"

namespace trunkline::cloud::tests {
namespace {

class HttpApiAuthorizers : public ApiTest {
 protected:
  // An API whose route the function "greet" both guards and serves: it tells the two by "type".
  std::string MakeGuarded(std::string_view body, json::Object authorizer) {
    const std::string api = MakeFunctionApi(body, "GET /open");
    authorizer.Set("ApiId", api);
    authorizer.Set("Name", "guard");
    if (!authorizer.Has("AuthorizerType")) {
      authorizer.Set("AuthorizerType", "REQUEST");
      authorizer.Set("AuthorizerUri",
                     fmt::format("arn:aws:apigateway:{}:lambda:path/2015-03-31/functions/{}/"
                                 "invocations",
                                 region(), FunctionArn()));
      authorizer.Set("IdentitySource", json::Array{"$request.header.Authorization"});
    }
    const bool jwt = authorizer.GetString("AuthorizerType") == "JWT";
    const json::Object made = V2("CreateAuthorizer", authorizer);
    const json::Object integrations = V2("GetIntegrations", {{"ApiId", api}});
    AddRoute(api, "GET /guarded",
             integrations.GetArray("Items")[0].AsObject().GetString("IntegrationId"),
             {{"AuthorizationType", jwt ? "JWT" : "CUSTOM"},
              {"AuthorizerId", made.GetString("AuthorizerId")}});
    return api;
  }
  net::Response FetchAs(std::string_view api, std::string_view who) {
    net::Request request;
    if (!who.empty()) request.headers.Set("Authorization", who);
    return Fetch(api, "/guarded", std::move(request));
  }
};

TEST_F(HttpApiAuthorizers, AFunctionAnswersYesOrNo) {
  const std::string api = MakeGuarded(
      "return ({'isAuthorized': event['identitySource'] == ['me'], 'context': {'who': 'Ada'}} "
      "if event.get('type') == 'REQUEST' else event['requestContext']['authorizer'])",
      {{"AuthorizerPayloadFormatVersion", "2.0"}, {"EnableSimpleResponses", true}});

  EXPECT_EQ(FetchAs(api, "me").body, R"({"lambda": {"who": "Ada"}})");
  EXPECT_EQ(FetchAs(api, "you").status, 403);
  EXPECT_EQ(FetchAs(api, "you").body, R"({"message":"Forbidden"})");
  EXPECT_EQ(FetchAs(api, "").status, 401);
  EXPECT_EQ(FetchAs(api, "").body, R"({"message":"Unauthorized"})");
}

TEST_F(HttpApiAuthorizers, AFunctionAnswersAPolicy) {
  const std::string api = MakeGuarded(
      "return ({'principalId': 'ada', 'policyDocument': {'Version': '2012-10-17', 'Statement': "
      "[{'Action': 'execute-api:Invoke', 'Effect': event['authorizationToken'], 'Resource': "
      "event['methodArn']}]}} if event.get('type') == 'REQUEST' else 'in')",
      {{"AuthorizerPayloadFormatVersion", "1.0"}});

  EXPECT_EQ(FetchAs(api, "Allow").body, "in");
  EXPECT_EQ(FetchAs(api, "Deny").status, 403);
}

TEST_F(HttpApiAuthorizers, AnAuthorizerThatFailsIsAServerError) {
  const std::string api = MakeGuarded("return 1", {{"AuthorizerPayloadFormatVersion", "2.0"}});

  EXPECT_EQ(FetchAs(api, "me").status, 500);
}

TEST_F(HttpApiAuthorizers, AnswersAreRememberedForAWhile) {
  const std::string api = MakeGuarded(
      "handler.n = getattr(handler, 'n', 0) + (event.get('type') == 'REQUEST'); "
      "return {'isAuthorized': True} if event.get('type') == 'REQUEST' else handler.n",
      {{"AuthorizerPayloadFormatVersion", "2.0"},
       {"EnableSimpleResponses", true},
       {"AuthorizerResultTtlInSeconds", 60}});

  EXPECT_EQ(FetchAs(api, "me").body, "1");
  EXPECT_EQ(FetchAs(api, "me").body, "1");
  EXPECT_EQ(FetchAs(api, "you").body, "2") << "another identity";
  V2("ResetAuthorizersCache", {{"ApiId", api}, {"StageName", "$default"}});
  EXPECT_EQ(FetchAs(api, "me").body, "3");
  Advance(std::chrono::seconds(61));
  EXPECT_EQ(FetchAs(api, "me").body, "4");
}

TEST_F(HttpApiAuthorizers, ATokenOfAnIssuerElsewhereIsRefused) {
  const std::string api = MakeGuarded(
      "return 1", {{"AuthorizerType", "JWT"},
                   {"IdentitySource", json::Array{"$request.header.Authorization"}},
                   {"JwtConfiguration", json::Object{{"Issuer", "https://issuer.test"},
                                                     {"Audience", json::Array{"hooks"}}}}});
  const std::string claims =
      ToBase64Url(R"({"iss":"https://issuer.test","aud":"hooks","exp":1999999999})");
  const std::string token = ToBase64Url(R"({"alg":"RS256","kid":"k"})") + "." + claims + ".AAAA";

  const net::Response response = FetchAs(api, "Bearer " + token);

  EXPECT_EQ(response.status, 401);
  EXPECT_THAT(response.headers.Get("WWW-Authenticate"),
              ::testing::HasSubstr("is not on this machine"));
  EXPECT_EQ(FetchAs(api, "Bearer nonsense").status, 401);
  EXPECT_EQ(FetchAs(api, "").status, 401);
}

TEST_F(HttpApiAuthorizers, ASignedRequestComesThroughAndAnUnsignedOneDoesNot) {
  const std::string api = MakeFunctionApi(
      "return event['requestContext']['authorizer']['iam']['accountId']", "GET /open");
  const json::Object integrations = V2("GetIntegrations", {{"ApiId", api}});
  AddRoute(api, "GET /guarded",
           integrations.GetArray("Items")[0].AsObject().GetString("IntegrationId"),
           {{"AuthorizationType", "AWS_IAM"}});
  net::Request request{.target = "/_aws/execute-api/" + api + "/guarded",
                       .headers = {{"Host", "127.0.0.1:4566"}}};
  aws::Sign(request, {.access_key_id = account(), .secret_key = "test", .session_token = {}},
            {.region = region(), .service = "execute-api", .time = clock().Now()});

  EXPECT_EQ(Send(request).body, account());
  EXPECT_EQ(FetchAs(api, "").status, 403);
}

// ---- tokens alone

using execute_api::CheckClaims;
using execute_api::CheckSignature;
using execute_api::ReadToken;

TimePoint At(std::int64_t seconds) {
  return TimePoint(std::chrono::seconds(seconds));
}

json::Object Wanted() {
  return {{"Issuer", "http://i"}, {"Audience", json::Array{"a", "b"}}};
}

TEST(JwtClaims, NameIssuerAudienceAndTimes) {
  const json::Object good{{"iss", "http://i"}, {"aud", json::Array{"x", "b"}}, {"exp", 100}};
  json::Object other_issuer = good;
  other_issuer.Set("iss", "http://j");
  json::Object other_audience = good;
  other_audience.Set("aud", "c");
  json::Object early = good;
  early.Set("nbf", 60);
  json::Object client{{"iss", "http://i"}, {"client_id", "a"}, {"exp", 100}};

  EXPECT_TRUE(CheckClaims(good, Wanted(), At(50)));
  EXPECT_TRUE(CheckClaims(client, Wanted(), At(50)));
  EXPECT_FALSE(CheckClaims(good, Wanted(), At(100)));
  EXPECT_FALSE(CheckClaims(other_issuer, Wanted(), At(50)));
  EXPECT_FALSE(CheckClaims(other_audience, Wanted(), At(50)));
  EXPECT_FALSE(CheckClaims(early, Wanted(), At(50)));
}

std::string Number(EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(number);
  return ToBase64Url(bytes);
}

TEST(JwtSignatures, AreOfTheKeyThatTheTokenNames) {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  const std::string text = ToBase64Url(R"({"alg":"RS256","kid":"k1"})") + "." + ToBase64Url("{}");
  std::string signature(256, '\0');
  std::size_t length = signature.size();
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key);
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length,
                 reinterpret_cast<const unsigned char*>(text.data()), text.size());
  const json::Object keys{
      {"keys", json::Array{json::Object{{"kid", "k1"},
                                        {"kty", "RSA"},
                                        {"n", Number(key, OSSL_PKEY_PARAM_RSA_N)},
                                        {"e", Number(key, OSSL_PKEY_PARAM_RSA_E)}}}}};
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);

  const auto token = ReadToken(text + "." + ToBase64Url(signature));
  signature[5] ^= 1;
  const auto forged = ReadToken(text + "." + ToBase64Url(signature));

  ASSERT_TRUE(token && forged);
  EXPECT_TRUE(CheckSignature(*token, keys));
  EXPECT_FALSE(CheckSignature(*forged, keys));
  EXPECT_FALSE(CheckSignature(*token, json::Object()));
}

}  // namespace
}  // namespace trunkline::cloud::tests
