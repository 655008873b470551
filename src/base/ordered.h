#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/parallel.h"

namespace gavah {

enum class Continue { yes, no };

/// Makes `count` values on up to `threads` threads (0 means all cores) while the calling thread takes them one by one,
/// in order. At most `window` values are made ahead of the one taken, which bounds memory. When `take` says no, what
/// is being made is finished and dropped. The order in which `take` sees values never depends on the threads.
template <class T>
void make_in_order(std::size_t count, std::size_t threads, std::size_t window,
                   const std::function<T(std::size_t)>& make, const std::function<Continue(std::size_t, T&&)>& take) {
  GAVAH_CHECK(window > 0);
  const std::size_t workers = std::min(count, threads == 0 ? core_count() : threads);
  if (workers <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      if (take(i, make(i)) == Continue::no) return;
    }
    return;
  }
  std::mutex mutex;
  std::condition_variable made;
  std::condition_variable taken;
  std::map<std::size_t, T> ready;
  std::size_t next_to_make = 0;
  std::size_t next_to_take = 0;
  bool stopped = false;
  const auto work = [&] {
    std::unique_lock lock(mutex);
    for (;;) {
      taken.wait(lock, [&] { return stopped || next_to_make >= count || next_to_make < next_to_take + window; });
      if (stopped || next_to_make >= count) return;
      const std::size_t i = next_to_make++;
      lock.unlock();
      T value = make(i);
      lock.lock();
      ready.emplace(i, std::move(value));
      made.notify_one();
    }
  };
  std::vector<std::jthread> pool;
  pool.reserve(workers);
  for (std::size_t i = 0; i < workers; ++i) pool.emplace_back(work);
  for (std::size_t i = 0; i < count; ++i) {
    std::unique_lock lock(mutex);
    made.wait(lock, [&] { return ready.contains(i); });
    T value = std::move(ready.extract(i).mapped());
    next_to_take = i + 1;
    taken.notify_all();
    lock.unlock();
    if (take(i, std::move(value)) == Continue::no) break;
  }
  const std::lock_guard lock(mutex);
  stopped = true;
  taken.notify_all();
}

}  // namespace gavah
