#pragma once

#include <cstdint>
#include <string>

namespace gavah {

/// The number of this process.
std::int64_t process_number();

/// The first two words this program was started with ("gavah add"), without the folder of the first. What follows may
/// be names, and is not looked at. Empty where the system does not tell.
std::string process_command();

}  // namespace gavah
