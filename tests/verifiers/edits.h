#pragma once

#include <map>
#include <string>

#include "base/disk.h"
#include "base/json.h"
#include "base/result.h"

namespace gavah::tests {

/// Every file below `directory`, by its path relative to it.
void read_tree(Disk& disk, const std::string& directory, const std::string& below,
               std::map<std::string, std::string>& out);

/// Applies the member "edits" of a request or a vector, one after the other:
///   {"file","find","replace"}        the first occurrence of a text; refused when there is none
///   {"file","at","cut","put":BASE64} bytes; a file that is not there is empty
///   {"file","copy":FILE}              what another file holds
///   {"file","remove":true}
/// Refuses (invalid_input) what does not fit the file.
Result<void> apply_edits(const Json& request, std::map<std::string, std::string>& files);

}  // namespace gavah::tests
