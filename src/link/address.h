#pragma once

#include <string>
#include <string_view>

namespace gavah::link {

/// An address in the one form in which equal addresses are equal: without scheme, "www.", "m.", fragment, tracking
/// parameters (utm_…, ref_src, fbclid, …) and last slash; host in lower case. A post on X is "x.com/status/NUMBER"
/// whatever its host and account. A name in a known table ("urn:acled:VEL12") stays. Empty for what is no web address.
std::string normal_address(std::string_view address);

}  // namespace gavah::link
