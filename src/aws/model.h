// Models: the API facts of one AWS service, read from models/<service>.json (our own compact format, embedded).
//
// One table drives both directions: the client encodes inputs and decodes outputs by it, the embedded cloud decodes
// inputs, checks every constraint and encodes outputs.
//
// The format (docs/guides/models.md): names are short because there are thousands.
//   { "service": "connect", "id": "Connect", "protocol": "rest-json", "version": "2017-08-08", "signing": "connect",
//     "target": "...", "namespace": "...", "endpoint": "connect",
//     "operations": { "CreateQueue": { "http": "PUT /queues/{InstanceId}", "code": 200, "in": "CreateQueueRequest",
//                     "out": "...", "errors": ["..."], "page": {"in": "NextToken", "out": "NextToken", "list": "..."}}},
//     "others": { "OperationWeDoNotHave": "PUT /path" },
//     "errors": { "ResourceNotFoundException": {"status": 404, "code": "..."} },
//     "shapes": { ... } }
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::aws {

enum class Protocol { kRestJson, kJson10, kJson11, kQuery, kRestXml };
enum class Type { kStructure, kList, kMap, kString, kBlob, kBoolean, kInteger, kLong, kFloat, kTimestamp, kDocument };
enum class TimeFormat { kDefault, kEpoch, kIso8601, kRfc822 };
// Where a member of an input or output travels.
enum class Location { kBody, kPath, kQuery, kHeader, kHeaders, kStatus, kPayload };

struct Shape;

struct MemberRow {
  std::string name;          // as clients and handlers say it
  std::string wire_name;     // as it is written (locationName); equals name when nothing else is said
  const Shape* shape = nullptr;
  Location location = Location::kBody;
  bool required = false;
  bool flattened = false;    // lists and maps in XML and Query without the wrapper
  bool xml_attribute = false;
  bool idempotency_token = false;
  TimeFormat time = TimeFormat::kDefault;
  bool json_value = false;   // a header that carries base64 of JSON
};

struct Shape {
  std::string name;
  Type type = Type::kStructure;
  std::vector<MemberRow> members;  // of a structure
  MemberRow item;                  // of a list, or the value of a map
  MemberRow key;                   // of a map
  bool flattened = false;
  bool union_ = false;             // exactly one member
  std::string xml_namespace;
  std::optional<std::int64_t> min;  // length, size or value
  std::optional<std::int64_t> max;
  std::string pattern;              // as the model spells it; empty: none
  std::vector<std::string> enumeration;
  TimeFormat time = TimeFormat::kDefault;
  bool sensitive = false;           // never logged

  const MemberRow* FindMember(std::string_view name) const;
};

struct ErrorRow {
  std::string name;       // the shape's name
  std::string code;       // what stands on the wire; equals name but in Query services
  int status = 400;
  const Shape* shape = nullptr;
};

struct Page {
  std::string input_token;
  std::string output_token;
  std::string limit;
  std::vector<std::string> lists;
};

struct OperationRow {
  std::string name;
  std::string method = "POST";
  std::string uri = "/";          // with {Label} and {Greedy+}; may hold a literal query part
  int status = 200;
  const Shape* input = nullptr;   // nullptr: none
  const Shape* output = nullptr;
  std::string input_wrapper;      // REST-XML: the name of the root element, if the model says one
  std::string output_wrapper;     // Query: "<Op>Result"
  std::vector<const ErrorRow*> errors;
  std::optional<Page> page;
  bool implemented = true;        // false: listed by name and route only
  bool unsigned_ = false;         // needs no signature (AssumeRoleWithWebIdentity)
};

struct Model {
  std::string service;      // our key and the file's name: "connect", "lexv2-models"
  std::string service_id;   // "Connect", "Lex Models V2"
  Protocol protocol = Protocol::kRestJson;
  std::string version;      // "2017-08-08"
  std::string signing_name;
  std::string endpoint_prefix;
  std::string target_prefix;   // JSON protocols
  std::string xml_namespace;
  std::vector<OperationRow> operations;  // by name
  std::map<std::string, ErrorRow, std::less<>> errors;
  std::map<std::string, std::unique_ptr<Shape>, std::less<>> shapes;

  const OperationRow* FindOperation(std::string_view name) const;
  const ErrorRow* FindError(std::string_view name) const;
};

// Reads a table. An error names the table and what is wrong with it.
Result<std::unique_ptr<Model>> ReadModel(std::string_view text, std::string_view name);

// The tables in the binary, read when first asked for. One thread owns it.
class Models {
 public:
  Models();
  ~Models();
  const Model* Find(std::string_view service) const;  // nullptr: no such service
  std::vector<std::string> names() const;             // sorted

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace trunkline::aws
