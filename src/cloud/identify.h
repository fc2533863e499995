// Identify: which service, Region and operation a request is for.
//
// One port serves everything. In this order: the scope of the signature (header or query), S3's old
// presigned form, the X-Amz-Target header, the Action and Version of a form, and else S3, which
// alone has requests without any of these.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "aws/model.h"
#include "aws/sigv4.h"
#include "cloud/dispatch.h"
#include "cloud/operation.h"
#include "net/http.h"

namespace trunkline::cloud {

struct Identity {
  const aws::Model* model =
      nullptr;  // never null: a bare one of the likely protocol when the service is unknown
  Route route;  // complete unless `error` is set
  std::string region;
  std::optional<std::string> target;  // instead of the request's, once its signature was checked
  std::optional<aws::Authorization> authorization;
  std::optional<ServiceError> error;
};

class Identifier {
 public:
  explicit Identifier(const Dispatch& dispatch);
  ~Identifier();
  Identity Identify(const net::Request& request) const;

 private:
  struct BareModels;
  const aws::Model* Bare(const net::Request& request) const;
  void FindOperation(const net::Request& request, std::string_view signing_name,
                     Identity& identity) const;

  const Dispatch& dispatch_;
  std::unique_ptr<const BareModels> bare_;
};

// How requests say which service they are for; `model` is our name of it. A test compares this with
// the models.
struct ServiceName {
  std::string_view model;
  std::string_view signing;  // in the signature's scope; several services share one
  std::string_view target;   // before the dot of X-Amz-Target; JSON protocols only
  std::string_view version;  // of a form; Query only
};
std::span<const ServiceName> AllServiceNames();

}  // namespace trunkline::cloud
