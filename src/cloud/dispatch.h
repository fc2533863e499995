// Dispatch: finds an operation's model row and handler, checks inputs by the row, runs state
// handlers.
//
// The gateway and calls between services come through here alike.
#pragma once

#include <span>
#include <string_view>
#include <unordered_map>

#include "aws/model.h"
#include "cloud/context.h"
#include "cloud/operation.h"

namespace trunkline::cloud {

namespace access {
class Usage;
}

// What is known of one operation. `handler` is null when this cloud does not implement it.
struct Route {
  const aws::Model* model = nullptr;
  const aws::OperationRow* row = nullptr;
  const Service* service = nullptr;
  const Operation* handler = nullptr;
};

class Dispatch {
 public:
  Dispatch(const aws::Models& models, std::span<const Service* const> services);

  // The error names what is missing: the service, the operation in the model, or the handler.
  Answer<Route> Find(std::string_view service, std::string_view operation) const;
  // The handler of a row, or null.
  const Service* FindService(std::string_view service) const;
  const Operation* FindHandler(std::string_view service, std::string_view operation) const;

  // Runs a state operation with a checked input in the context's transaction, as a part that an
  // error undoes alone.
  Answer<> Run(Context& context, const Route& route, const json::Object& input) const;

  // Who counts what policies decide (cloud/access/usage.h); null when nobody does.
  access::Usage* usage() const { return usage_; }
  void SetUsage(access::Usage* usage) { usage_ = usage; }

  const aws::Models& models() const { return models_; }
  std::span<const Service* const> services() const { return services_; }

 private:
  struct Handlers {
    const Service* service = nullptr;
    std::unordered_map<std::string_view, const Operation*> operations;
  };
  const aws::Models& models_;
  std::span<const Service* const> services_;
  std::unordered_map<std::string_view, Handlers> handlers_;  // by model name
  access::Usage* usage_ = nullptr;                           // the cloud's
};

// Violated constraints as the service says them, or nothing. Connect: InvalidParameterException;
// Query: ValidationError; most others: ValidationException.
Answer<void> CheckInput(const Route& route, const json::Object& input);

}  // namespace trunkline::cloud
