// Which file holds the certificates of the authorities we trust.
#pragma once

#include <string>

#include "base/environment.h"
#include "base/result.h"

namespace trunkline::net {

// `chosen` if it is not empty, else AWS_CA_BUNDLE, else SSL_CERT_FILE, else where Debian, Fedora
// and Amazon Linux, and Alpine keep it. None of them: kNotFound, and what to set.
Result<std::string> FindCertificates(const std::string& chosen, const Environment& environment);

}  // namespace trunkline::net
