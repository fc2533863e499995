// Every operation of every table: what the client writes the server reads, and the other way round.
#include <algorithm>

#include <gmock/gmock.h>

#include "aws/codec.h"
#include "aws/pattern.h"
#include "base/json_write.h"
#include "base/text.h"
#include "tests/aws/all_models.h"
#include "tests/aws/samples.h"

namespace trunkline::aws {
namespace {

class Tables : public testing::TestWithParam<std::string> {
 protected:
  const Model& model() const { return *AllModels().Find(GetParam()); }

  std::vector<const OperationRow*> Full() const {
    std::vector<const OperationRow*> rows;
    for (const OperationRow& row : model().operations) {
      if (row.implemented) rows.push_back(&row);
    }
    return rows;
  }
};

std::string Text(const json::Object& object) {
  return json::WriteSorted(json::Value(object));
}

// Maps of header names are there even when no header is: nobody can tell whether they were sent.
json::Object WithHeaderMaps(const Shape* shape, json::Object object) {
  if (shape == nullptr) return object;
  for (const MemberRow& member : shape->members) {
    if (member.location == Location::kHeaders && !object.Has(member.name))
      object.Set(member.name, json::Object());
    const bool stream = member.location == Location::kPayload && member.stream;
    if (stream && !object.Has(member.name)) object.Set(member.name, "");
    const bool status = member.location == Location::kStatus;
    if (status && !object.Has(member.name)) object.Set(member.name, 200);
  }
  return object;
}

// A form has no way to say that a structure is there and empty.
json::Object WithoutEmpty(json::Object object) {
  std::vector<std::string> empty;
  for (const json::Member& member : object) {
    if (member.value.IsObject() && member.value.AsObject().empty()) empty.push_back(member.key);
  }
  for (const std::string& name : empty) object.Remove(name);
  return object;
}

bool IsQueryMember(const Shape& shape, const std::string& key) {
  return std::ranges::any_of(shape.members, [&](const MemberRow& member) {
    return member.location == Location::kQuery && member.wire_name == key;
  });
}

// A map of query parameters is read with what other members say in the query, too (as Smithy has
// it): what only they have said goes from it again.
json::Object WithoutNamedQuery(const Shape* shape, const json::Object& sent, json::Object read) {
  if (shape == nullptr) return read;
  for (const MemberRow& member : shape->members) {
    if (member.location != Location::kQuery || member.shape->type != Type::kMap) continue;
    json::Object map = read.GetObject(member.name);
    for (const json::Member& entry : read.GetObject(member.name)) {
      const bool own = sent.GetObject(member.name).Has(entry.key);
      if (!own && IsQueryMember(*shape, entry.key)) map.Remove(entry.key);
    }
    if (map.empty() && !sent.Has(member.name)) {
      read.Remove(member.name);
    } else {
      read.Set(member.name, std::move(map));
    }
  }
  return read;
}

void ExpectInputsComeBack(const Model& model, const OperationRow& row, Fullness fullness) {
  const json::Object input = row.input == nullptr ? json::Object() : SampleOf(*row.input, fullness);
  const Result<net::Request> request = EncodeRequest(model, row, input);
  ASSERT_TRUE(request) << request.error().ToText();

  const OperationRow* route = FindRoute(model, *request);
  ASSERT_NE(route, nullptr) << request->method << " " << request->target;
  EXPECT_EQ(route->name, row.name) << request->method << " " << request->target;
  Result<json::Object> read = DecodeRequest(model, row, *request);

  ASSERT_TRUE(read) << read.error().ToText();
  // The client adds the checksum that the operation needs.
  if (row.checksum && !input.Has("ContentMD5")) read->Remove("ContentMD5");
  const json::Object sent = model.protocol == Protocol::kQuery ? WithoutEmpty(input) : input;
  const json::Object got = WithoutNamedQuery(row.input, sent, std::move(*read));
  EXPECT_EQ(Text(got), Text(WithHeaderMaps(row.input, sent))) << request->target << "\n"
                                                              << request->body;
}

TEST_P(Tables, InputsWithWhatIsRequiredComeBack) {
  for (const OperationRow* row : Full()) {
    SCOPED_TRACE(row->name);
    ExpectInputsComeBack(model(), *row, Fullness::kMinimal);
  }
}

TEST_P(Tables, InputsWithEveryMemberComeBack) {
  for (const OperationRow* row : Full()) {
    SCOPED_TRACE(row->name);
    ExpectInputsComeBack(model(), *row, Fullness::kMaximal);
  }
}

// Of an answer without a body only headers and status travel.
json::Object WhatTravels(const OperationRow& row, const json::Object& output) {
  if (row.output == nullptr || (row.method != "HEAD" && row.status != 204)) return output;
  json::Object kept;
  for (const MemberRow& member : row.output->members) {
    const bool body = member.location == Location::kBody || member.location == Location::kPayload;
    if (!body && output.Has(member.name)) kept.Set(member.name, output.At(member.name));
  }
  return kept;
}

void ExpectOutputsComeBack(const Model& model, const OperationRow& row, Fullness fullness) {
  const json::Object output =
      row.output == nullptr ? json::Object() : SampleOf(*row.output, fullness);

  const net::Response response = EncodeResponse(model, row, output, "0123456789abcdef");
  const Result<json::Object> read = DecodeResponse(model, row, response);

  ASSERT_TRUE(read) << read.error().ToText();
  EXPECT_EQ(Text(*read), Text(WithHeaderMaps(row.output, WhatTravels(row, output))))
      << response.body;
}

TEST_P(Tables, OutputsWithWhatIsRequiredComeBack) {
  for (const OperationRow* row : Full()) {
    SCOPED_TRACE(row->name);
    ExpectOutputsComeBack(model(), *row, Fullness::kMinimal);
  }
}

TEST_P(Tables, OutputsWithEveryMemberComeBack) {
  for (const OperationRow* row : Full()) {
    SCOPED_TRACE(row->name);
    ExpectOutputsComeBack(model(), *row, Fullness::kMaximal);
  }
}

TEST_P(Tables, ErrorsComeBackWithCodeAndMembers) {
  for (const auto& [name, row] : model().errors) {
    SCOPED_TRACE(name);
    WireError error{.code = name, .message = "what went wrong"};
    if (row.shape != nullptr && model().service != "s3")
      error.members = SampleOf(*row.shape, Fullness::kMaximal);
    for (const char* key : {"message", "Message"}) error.members.Remove(key);

    const net::Response response = EncodeError(model(), error, "0123456789abcdef");
    json::Object members;
    const Error read = DecodeError(model(), response, &members);
    for (const char* key : {"message", "Message"}) members.Remove(key);

    EXPECT_EQ(response.status, row.status);
    EXPECT_EQ(read.code(), model().protocol == Protocol::kRestJson ? name : row.code);
    EXPECT_EQ(read.message(), "what went wrong");
    if (model().service != "s3") {
      EXPECT_EQ(Text(members), Text(error.members)) << response.body;
    }
  }
}

TEST_P(Tables, OperationsKnownByNameAreRoutedToo) {
  for (const OperationRow& row : model().operations) {
    if (row.implemented || model().protocol == Protocol::kRestJson ||
        model().protocol == Protocol::kRestXml)
      continue;
    net::Request request{.method = "POST", .body = "Action=" + row.name};
    request.headers.Set("X-Amz-Target", model().target_prefix + "." + row.name);

    EXPECT_EQ(FindRoute(model(), request), &row) << row.name;
  }
}

TEST_P(Tables, PatternsAreUnderstood) {
  for (const auto& [name, shape] : model().shapes) {
    if (shape->pattern.empty()) continue;

    const Result<Pattern> pattern = Pattern::Compile(shape->pattern);

    EXPECT_TRUE(pattern) << name << ": " << shape->pattern << ": " << pattern.error().message();
  }
}

INSTANTIATE_TEST_SUITE_P(All, Tables, testing::ValuesIn(AllModels().names()),
                         [](const auto& row) { return Replace(row.param, "-", "_"); });

}  // namespace
}  // namespace trunkline::aws
