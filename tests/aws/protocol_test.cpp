// The published protocol compliance cases, each way: given input -> request, and the request back
// to the input; given answer -> output, and the output written and read again. Every case brings a
// model of its own, which scripts/make-models turns into a table first.
#include <gmock/gmock.h>

#include "aws/codec.h"
#include "aws/route.h"
#include "aws/xml.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/subprocess.h"
#include "base/text.h"
#include "tests/support/shared_data.h"

namespace trunkline::aws {
namespace {

struct Case {
  std::string id;
  std::unique_ptr<Model> model;
  const OperationRow* operation = nullptr;
  json::Object facts;
};

json::Array RunHelper(const std::string& file) {
  const std::string source = tests::SourceFolder();
  ProcessSpec spec;
  spec.arguments = {"/usr/bin/python3", source + "/tests/aws/protocol_models.py",
                    source + "/scripts/make-models", file};
  const Result<ProcessOutput> output = RunProcess(spec, std::chrono::seconds(60));
  EXPECT_TRUE(output) << (output ? "" : output.error().ToText());
  EXPECT_EQ(output->exit_code, 0) << output->err;
  Result<json::Value> parsed = json::Parse(output->out);
  EXPECT_TRUE(parsed) << output->err;
  return std::move(parsed->AsArray());
}

std::vector<Case> ReadCases(const std::string& direction, const std::string& protocol) {
  const std::string file = fmt::format("{}/models/_protocol-tests/{}/{}.json",
                                       *tests::SharedFolder(), direction, protocol);
  std::vector<Case> cases;
  for (const json::Value& row : RunHelper(file)) {
    const json::Object& object = row.AsObject();
    Result<std::unique_ptr<Model>> model =
        ReadModel(object.GetString("table"), object.GetString("id"));
    EXPECT_TRUE(model) << model.error().ToText();
    Case one{.id = std::string(object.GetString("id")),
             .model = std::move(model).value(),
             .facts = object.GetObject("case")};
    one.operation = one.model->FindOperation(object.GetString("operation"));
    cases.push_back(std::move(one));
  }
  return cases;
}

// ---- comparing what need not be equal byte by byte

std::string CanonicalXml(const XmlElement& element) {
  std::vector<std::string> parts;
  for (const XmlElement& child : element.children) parts.push_back(CanonicalXml(child));
  std::ranges::sort(parts);
  std::vector<std::string> attributes;
  for (const auto& [name, value] : element.attributes) attributes.push_back(name + "=" + value);
  std::ranges::sort(attributes);
  const std::string_view text = parts.empty() ? std::string_view(element.text) : Trim(element.text);
  return fmt::format("<{} {}>{}{}</>", element.name, Join(attributes, " "), text, Join(parts, ""));
}

std::string SortedParts(std::string_view form) {
  std::vector<std::string> parts;
  for (const std::string_view part : Split(form, '&')) parts.emplace_back(part);
  std::ranges::sort(parts);
  return Join(parts, "&");
}

std::string CanonicalBody(Protocol protocol, const std::string& body) {
  if (protocol == Protocol::kQuery) return SortedParts(body);
  if (protocol == Protocol::kRestXml) {
    const Result<XmlElement> root = ReadXml(body);
    return root ? CanonicalXml(*root) : body;
  }
  const Result<json::Value> parsed = json::Parse(body);
  return parsed ? json::WriteSorted(*parsed) : body;
}

std::string CanonicalTarget(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return std::string(target);
  return fmt::format("{}?{}", target.substr(0, mark), SortedParts(target.substr(mark + 1)));
}

// The client fills these in; the codec only carries them.
json::Object WithTokens(const OperationRow& operation, json::Object input) {
  if (operation.input == nullptr) return input;
  for (const MemberRow& member : operation.input->members) {
    if (member.idempotency_token && !input.Has(member.name)) {
      input.Set(member.name, "00000000-0000-4000-8000-000000000000");
    }
  }
  return input;
}

json::Value WithoutNulls(const json::Value& value) {
  if (value.IsArray()) {
    json::Array items;
    for (const json::Value& item : value.AsArray()) items.push_back(WithoutNulls(item));
    return items;
  }
  if (!value.IsObject()) return value;
  json::Object object;
  for (const json::Member& member : value.AsObject()) {
    if (!member.value.IsNull()) object.Set(member.key, WithoutNulls(member.value));
  }
  return object;
}

void ExpectRequest(const Case& one, const net::Request& request) {
  const json::Object& expected = one.facts.GetObject("serialized");
  EXPECT_EQ(request.method, expected.GetString("method"));
  // What an endpoint's own path adds is the client's business.
  const std::string path = one.facts.GetString("clientEndpoint") == "https://example.com/custom"
                               ? Replace(expected.GetString("uri"), "/custom", "")
                               : std::string(expected.GetString("uri"));
  EXPECT_EQ(CanonicalTarget(request.target), CanonicalTarget(path));
  if (expected.Has("body")) {
    EXPECT_EQ(CanonicalBody(one.model->protocol, request.body),
              CanonicalBody(one.model->protocol, std::string(expected.GetString("body"))));
  }
  for (const json::Member& header : expected.GetObject("headers")) {
    const std::string_view actual = request.headers.Get(header.key);
    if (EqualsIgnoreCase(header.key, "Content-Type")) {
      EXPECT_THAT(std::string(actual), testing::StartsWith(header.value.AsString()));
    } else {
      EXPECT_EQ(actual, header.value.AsString()) << header.key;
    }
  }
  for (const json::Value& header : expected.GetArray("forbidHeaders")) {
    EXPECT_FALSE(request.headers.Has(header.AsString())) << header.AsString();
  }
}

// A map of query parameters also gets what other members say: it does not come back as it was sent.
json::Object WithoutQueryMaps(const Case& one, json::Object input) {
  if (one.operation->input == nullptr) return input;
  for (const MemberRow& member : one.operation->input->members) {
    if (member.location == Location::kQuery && member.shape->type == Type::kMap)
      input.Remove(member.name);
  }
  return input;
}

std::string Canonical(const json::Object& object) {
  return json::WriteSorted(WithoutNulls(json::Value(object)));
}

// Cases whose input has an empty collection where the wire has no way to say so.
bool IsLostOnTheWire(const Case& one) {
  static const std::set<std::string> kLost = {
      "QueryEmptyQueryMaps", "RestJsonOmitsEmptyListQueryValues",
      "RestJsonHttpWithEmptyStructurePayload", "RestJsonHttpWithHeadersButNoPayload"};
  return kLost.contains(one.id);
}

// An output with a member that is bound to the query, which no service has.
bool HasQueryInOutput(const Case& one) {
  return one.id == "IgnoreQueryParamsInResponse";
}

// A map of all headers whatsoever also gets those the protocol adds.
bool TakesEveryHeader(const Case& one) {
  return one.id == "HttpPrefixHeadersResponse";
}

// Here the model spells out the member's own name as locationName and the case expects the shape's;
// S3's models, which are what REST-XML is for, mean what they spell out (LifecycleConfiguration).
bool HasAnotherRoot(const Case& one) {
  static const std::set<std::string> kCases = {
      "RestXmlHttpPayloadWithUnion", "HttpPayloadWithXmlName", "HttpPayloadWithXmlNamespace",
      "HttpPayloadWithXmlNamespaceAndPrefix", "XmlAttributesOnPayload"};
  return kCases.contains(one.id);
}

class Protocols : public testing::TestWithParam<const char*> {};

// Cases about compressing bodies, which our services do not ask for.
bool IsCompression(const Case& one) {
  return one.operation->name == "PutWithContentEncoding";
}

TEST_P(Protocols, WritesEveryRequestAsPublished) {
  TL_NEEDS_SHARED();

  for (const Case& one : ReadCases("input", GetParam())) {
    SCOPED_TRACE(one.id);
    if (IsCompression(one) || HasAnotherRoot(one)) continue;
    const json::Object input = WithTokens(*one.operation, one.facts.GetObject("params"));

    const Result<net::Request> request = EncodeRequest(*one.model, *one.operation, input);

    ASSERT_TRUE(request) << request.error().ToText();
    ExpectRequest(one, *request);
  }
}

TEST_P(Protocols, ReadsEveryRequestItWrites) {
  TL_NEEDS_SHARED();

  for (const Case& one : ReadCases("input", GetParam())) {
    SCOPED_TRACE(one.id);
    if (IsCompression(one) || IsLostOnTheWire(one)) continue;
    const json::Object input = WithTokens(*one.operation, one.facts.GetObject("params"));
    const Result<net::Request> request = EncodeRequest(*one.model, *one.operation, input);
    ASSERT_TRUE(request) << request.error().ToText();

    const OperationRow* route = FindRoute(*one.model, *request);
    ASSERT_EQ(route, one.operation);
    const Result<json::Object> read = DecodeRequest(*one.model, *one.operation, *request);

    ASSERT_TRUE(read) << read.error().ToText();
    EXPECT_EQ(Canonical(WithoutQueryMaps(one, *read)), Canonical(WithoutQueryMaps(one, input)))
        << request->target << "\n"
        << request->body;
  }
}

net::Response ResponseOf(const Case& one) {
  const json::Object& given = one.facts.GetObject("response");
  net::Response response;
  response.status = static_cast<int>(given.GetInt("status_code", 200));
  for (const json::Member& header : given.GetObject("headers"))
    response.headers.Set(header.key, header.value.AsString());
  response.body = given.GetString("body");
  return response;
}

TEST_P(Protocols, ReadsEveryAnswerAsPublished) {
  TL_NEEDS_SHARED();

  for (const Case& one : ReadCases("output", GetParam())) {
    SCOPED_TRACE(one.id);
    if (!one.facts.Has("result") || HasQueryInOutput(one)) continue;

    const Result<json::Object> output = DecodeResponse(*one.model, *one.operation, ResponseOf(one));

    ASSERT_TRUE(output) << output.error().ToText();
    EXPECT_EQ(Canonical(*output), Canonical(one.facts.GetObject("result")));
  }
}

TEST_P(Protocols, ReadsEveryAnswerItWrites) {
  TL_NEEDS_SHARED();

  for (const Case& one : ReadCases("output", GetParam())) {
    SCOPED_TRACE(one.id);
    if (!one.facts.Has("result") || TakesEveryHeader(one)) continue;
    const Result<json::Object> output = DecodeResponse(*one.model, *one.operation, ResponseOf(one));
    ASSERT_TRUE(output) << output.error().ToText();

    const net::Response written = EncodeResponse(*one.model, *one.operation, *output, "request-1");
    const Result<json::Object> again = DecodeResponse(*one.model, *one.operation, written);

    ASSERT_TRUE(again) << again.error().ToText();
    EXPECT_EQ(Canonical(*again), Canonical(*output)) << written.body;
  }
}

TEST_P(Protocols, ReadsCodeMessageAndMembersOfEveryError) {
  TL_NEEDS_SHARED();

  for (const Case& one : ReadCases("output", GetParam())) {
    SCOPED_TRACE(one.id);
    if (!one.facts.Has("error") && !one.facts.Has("errorCode")) continue;

    json::Object members;
    const Error error = DecodeError(*one.model, ResponseOf(one), &members);

    EXPECT_EQ(error.code(), one.facts.GetString("errorCode"));
    if (one.facts.Has("errorMessage")) {
      EXPECT_EQ(error.message(), one.facts.GetString("errorMessage"));
    }
    for (const json::Member& member : one.facts.GetObject("error")) {
      if (EqualsIgnoreCase(member.key, "message")) continue;
      ASSERT_TRUE(members.Has(member.key)) << member.key;
      EXPECT_EQ(members.At(member.key), member.value) << member.key;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Published, Protocols,
                         testing::Values("json", "json_1_0", "json_1_0-query-compatible", "query",
                                         "rest-json", "rest-xml"),
                         [](const auto& row) { return Replace(row.param, "-", "_"); });

}  // namespace
}  // namespace trunkline::aws
