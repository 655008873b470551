#pragma once

#include <cstddef>
#include <functional>

namespace gavah {

/// Calls `work(i)` once for each i in [0, count), on up to `threads` threads (0 means all cores), and returns when
/// all are done. Calls run in any order: write results to slot i, so that the number of threads changes nothing.
void parallel_for(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work);

/// How many threads parallel_for uses when told 0.
std::size_t core_count();

}  // namespace gavah
