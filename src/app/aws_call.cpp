#include "app/aws_call.h"

#include <algorithm>

#include "app/connection.h"
#include "aws/codec.h"
#include "base/hash.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

// create-queue, CreateQueue and createqueue are the same.
std::string Squeeze(std::string_view name) {
  return ToLower(Replace(name, "-", ""));
}

Result<const aws::Model*> FindService(const aws::Models& models, const std::string& service) {
  if (const aws::Model* model = models.Find(service)) return model;
  const std::vector<std::string> names = models.names();
  const auto nearest = Nearest(service, names);
  return Error(ErrorKind::kInvalid, "service '{}' is not modelled{}; there is {}", service,
               nearest ? fmt::format(", did you mean '{}'?", *nearest) : "", Join(names, ", "));
}

Result<const aws::OperationRow*> FindOperation(const aws::Model& model,
                                               const std::string& operation) {
  std::vector<std::string> names;
  for (const aws::OperationRow& row : model.operations) {
    if (Squeeze(row.name) == Squeeze(operation)) {
      if (row.implemented) return &row;
      return Error(
          ErrorKind::kInvalid,
          "operation '{}' of service '{}' is known by name only; its model is not in this program",
          row.name, model.service);
    }
    names.push_back(row.name);
  }
  const auto nearest = Nearest(operation, names);
  return Error(ErrorKind::kInvalid, "service '{}' has no operation '{}'{}", model.service,
               operation, nearest ? fmt::format(", did you mean '{}'?", *nearest) : "");
}

// Walks a value by its shape and turns blobs and timestamps from what people write into what the
// codec takes, or back.
class Walker {
 public:
  explicit Walker(bool to_wire) : to_wire_(to_wire) {}

  Result<void> Walk(const aws::Shape& shape, json::Value& value) {
    switch (shape.type) {
      case aws::Type::kStructure:
        return WalkStructure(shape, value);
      case aws::Type::kList:
        return WalkList(shape, value);
      case aws::Type::kMap:
        return WalkMap(shape, value);
      case aws::Type::kBlob:
        return Blob(value);
      case aws::Type::kTimestamp:
        return Timestamp(value);
      default:
        return {};
    }
  }

 private:
  Result<void> WalkStructure(const aws::Shape& shape, json::Value& value) {
    if (!value.IsObject()) return {};
    for (json::Member& member : value.AsObject()) {
      const aws::MemberRow* row = shape.FindMember(member.key);
      Result<void> walked = row == nullptr ? Result<void>() : Walk(*row->shape, member.value);
      if (!walked) return std::move(walked).error().While("reading member '{}'", member.key);
    }
    return {};
  }

  Result<void> WalkList(const aws::Shape& shape, json::Value& value) {
    if (!value.IsArray()) return {};
    for (json::Value& item : value.AsArray()) TL_DO(Walk(*shape.item.shape, item));
    return {};
  }

  Result<void> WalkMap(const aws::Shape& shape, json::Value& value) {
    if (!value.IsObject()) return {};
    for (json::Member& member : value.AsObject()) TL_DO(Walk(*shape.item.shape, member.value));
    return {};
  }

  Result<void> Blob(json::Value& value) const {
    if (!value.IsString()) return {};
    if (!to_wire_) {
      value = json::Value(ToBase64(value.AsString()));
      return {};
    }
    auto bytes = FromBase64(value.AsString());
    if (!bytes)
      return Error(ErrorKind::kInvalid, "expected base64 for a blob but got '{}'",
                   value.AsString().substr(0, 40));
    value = json::Value(std::move(*bytes));
    return {};
  }

  Result<void> Timestamp(json::Value& value) const {
    if (!to_wire_ && value.IsNumber()) {
      value = json::Value(ToIso8601(FromEpochSeconds(value.AsDouble())));
    } else if (to_wire_ && value.IsString()) {
      const auto time = ParseIso8601(value.AsString());
      if (!time)
        return Error(ErrorKind::kInvalid, "expected a time like 2026-11-22T20:35:18Z but got '{}'",
                     value.AsString());
      value = json::Value(json::Number{EpochSeconds(*time)});
    }
    return {};
  }

  bool to_wire_;
};

struct Wanted {
  const aws::Model* model;
  const aws::OperationRow* operation;
  json::Object input;  // as the codec takes it
};

Result<Wanted> FindWanted(const aws::Models& models, const AwsCallArgs& args) {
  TL_TRY(const aws::Model* model, FindService(models, args.service));
  TL_TRY(const aws::OperationRow* row, FindOperation(*model, args.operation));
  json::Value input(args.input);
  if (row->input != nullptr) TL_DO(Walker(true).Walk(*row->input, input));
  return Wanted{.model = model, .operation = row, .input = std::move(input.AsObject())};
}

net::aw<Result<json::Object>> Call(aws::Client client, std::string service, std::string operation,
                                   json::Object input, bool all_pages) {
  if (all_pages)
    co_return co_await client.CallAllPages(std::move(service), std::move(operation),
                                           std::move(input));
  co_return co_await client.Call(std::move(service), std::move(operation), std::move(input));
}

}  // namespace

Result<void> CheckAwsCall(const AwsCallArgs& args) {
  TL_DO(CheckEndpointUrl(args.endpoint_url));
  const aws::Models models;
  TL_TRY(const Wanted wanted, FindWanted(models, args));
  TL_DO(aws::EncodeRequest(*wanted.model, *wanted.operation, wanted.input));
  return {};
}

Result<json::Object> CallAws(AppWorld& world, const AwsCallArgs& args) {
  aws::ClientOptions options;
  options.region = args.region;
  options.profile = args.profile;
  options.endpoint_url = args.endpoint_url;
  Connection connection(world, std::move(options));
  TL_TRY(Wanted wanted, FindWanted(connection.client().models(), args));
  const aws::OperationRow* row = wanted.operation;
  TL_TRY(json::Object output, connection.Run(Call(connection.client(), args.service, row->name,
                                                  std::move(wanted.input), args.all_pages)));
  json::Value value(std::move(output));
  if (row->output != nullptr) TL_DO(Walker(false).Walk(*row->output, value));
  return std::move(value.AsObject());
}

Result<std::vector<std::string>> ListOperations(const std::string& service) {
  const aws::Models models;
  TL_TRY(const aws::Model* model, FindService(models, service));
  std::vector<std::string> names;
  for (const aws::OperationRow& row : model->operations) {
    if (row.implemented) names.push_back(row.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> ListServices() {
  return aws::Models().names();
}

}  // namespace trunkline::app
