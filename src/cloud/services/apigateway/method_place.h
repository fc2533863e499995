// Methods stand inside their resource's record; so do their integrations and responses. This finds
// one of them, lets it be changed, and puts the resource back.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {

// What a path of the API names: a method, its integration, or a response of either.
enum class MethodPart { kMethod, kIntegration, kMethodResponse, kIntegrationResponse };

class MethodPlace {
 public:
  // The resource that the input names, with the method if `needs_method`.
  static Answer<MethodPlace> Find(Context& context, const json::Object& input, bool needs_method);

  // NotFoundException: it is not there.
  Answer<json::Object> Get(MethodPart part) const;
  bool Has(MethodPart part) const { return Look(part) != nullptr; }
  // Puts it where it belongs, in place of what was there; saves the resource.
  void Put(Context& context, MethodPart part, json::Object value);
  void Remove(Context& context, MethodPart part);

  const std::string& api_id() const { return resource_.parent; }
  const std::string& http_method() const { return method_; }
  const Record& resource() const { return resource_; }

 private:
  const json::Object* Look(MethodPart part) const;
  json::Object* Reach(MethodPart part);
  void Save(Context& context);

  Record resource_;
  std::string method_;
  std::string status_;
};

// The handlers that all four have.
Answer<> GetMethodPart(Context& context, MethodPart part, const json::Object& input);
Answer<> DeleteMethodPart(Context& context, MethodPart part, const json::Object& input);
Answer<> PatchMethodPart(Context& context, MethodPart part, const PatchTable& table,
                         const json::Object& input);

}  // namespace trunkline::cloud::apigateway
