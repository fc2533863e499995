// Models: the API facts of one AWS service, read from models/<service>.json (our own compact
// format, embedded).
//
// One table drives both directions: the client encodes inputs and decodes outputs by it, the
// embedded cloud decodes inputs, checks every constraint and encodes outputs. scripts/make-models
// writes the tables; docs/guides/models.md describes their format and how to add an operation.
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
enum class Type {
  kStructure,
  kList,
  kMap,
  kString,
  kBlob,
  kBoolean,
  kInteger,
  kLong,
  kFloat,
  kTimestamp,
  kDocument
};
enum class TimeFormat { kDefault, kEpoch, kIso8601, kRfc822 };
// Where a member of an input or output travels.
enum class Location { kBody, kPath, kQuery, kHeader, kHeaders, kStatus, kPayload };

class Pattern;  // aws/pattern.h
struct Shape;

struct MemberRow {
  std::string name;       // as clients and handlers say it
  std::string wire_name;  // as it is written (locationName); equals name when nothing else is said,
                          // and is empty for an unnamed item, key or value
  const Shape* shape = nullptr;
  Location location = Location::kBody;
  bool required = false;
  bool flattened = false;  // lists and maps in XML and Query without the wrapper
  bool xml_attribute = false;
  bool idempotency_token = false;
  TimeFormat time = TimeFormat::kDefault;
  bool json_value = false;    // a text that is JSON; a header carries base64 of it
  bool host_label = false;    // also stands in the operation's host prefix
  bool stream = false;        // a payload of any length
  bool named = false;         // the model states wire_name, be it equal to name
  std::string xml_namespace;  // xmlns of this element; xml_prefix names it: xmlns:<prefix>
  std::string xml_prefix;
};

struct Shape {
  std::string name;
  Type type = Type::kStructure;
  std::vector<MemberRow> members;  // of a structure
  MemberRow item;                  // of a list, or the value of a map
  MemberRow key;                   // of a map
  bool flattened = false;
  bool union_ = false;   // exactly one member
  std::string xml_name;  // the element's name where the shape is a whole document
  std::string xml_namespace;
  std::string xml_prefix;
  std::optional<double> min;  // length, size or value
  std::optional<double> max;
  std::string pattern;  // as the model spells it; empty: none
  std::vector<std::string> enumeration;
  TimeFormat time = TimeFormat::kDefault;
  bool sensitive = false;  // never logged
  // The pattern, compiled when it is first needed; an empty optional for one that is not
  // understood.
  mutable std::shared_ptr<const std::optional<Pattern>> compiled;

  const MemberRow* FindMember(std::string_view name) const;
};

struct ErrorRow {
  std::string name;  // the shape's name
  std::string code;  // what stands on the wire; equals name but in Query services
  int status = 400;
  const Shape* shape = nullptr;
};

// How an operation's pages follow each other.
struct Page {
  // The members that carry the position, input and output pairwise; nearly always one pair. An
  // output may be an expression of the published models: "NextMarker || Contents[-1].Key".
  std::vector<std::string> input_tokens;
  std::vector<std::string> output_tokens;
  std::string limit;               // the input member with the page's size, or empty
  std::string more;                // the output member that says whether there are more, or empty
  std::vector<std::string> lists;  // the output members that are joined; may be a path "A.B"
};

struct OperationRow {
  std::string name;
  std::string method = "POST";
  std::string uri = "/";  // with {Label} and {Greedy+}; may hold a literal query part
  int status = 200;
  const Shape* input = nullptr;  // nullptr: none
  const Shape* output = nullptr;
  std::string input_wrapper;    // REST-XML: the name of the root element, if the model says one
  std::string input_namespace;  // REST-XML: its namespace
  std::string output_wrapper;   // Query: "<Op>Result"; S3: the root element
  std::string host_prefix;      // "sync-", "{AccountId}.": before AWS's own host names
  std::vector<const ErrorRow*> errors;
  std::optional<Page> page;
  bool implemented = true;  // false: listed by name and route only
  bool unsigned_ = false;   // needs no signature (AssumeRoleWithWebIdentity)
  bool checksum = false;    // the body needs a checksum header
  bool bare = false;        // S3's GetBucketLocation: the root element is the only member itself
};

class RouteIndex;  // aws/route.h

struct Model {
  Model();
  ~Model();

  std::string service;     // our key and the file's name: "connect", "lexv2-models"
  std::string service_id;  // "Connect", "Lex Models V2"
  Protocol protocol = Protocol::kRestJson;
  std::string version;  // "2017-08-08"
  std::string signing_name;
  std::string endpoint_prefix;
  std::string global_endpoint;  // "sts.amazonaws.com"; empty: regional only
  std::string target_prefix;    // JSON protocols
  std::string xml_namespace;
  bool query_compatible = false;  // JSON errors also name the Query code, in x-amzn-query-error
  std::vector<OperationRow> operations;  // by name
  std::map<std::string, ErrorRow, std::less<>> errors;
  std::map<std::string, std::unique_ptr<Shape>, std::less<>> shapes;
  std::unique_ptr<const RouteIndex> routes;

  const OperationRow* FindOperation(std::string_view name) const;
  const ErrorRow* FindError(std::string_view name_or_code) const;
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
