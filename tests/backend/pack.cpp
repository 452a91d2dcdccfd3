// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/pack.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

namespace {

namespace m = ramp::math;
using ramp::backend::native_pack;
using ramp::backend::pack;

static_assert(sizeof(native_pack<float>) == RAMP_PACK_BYTES);
static_assert(std::is_trivially_copyable_v<native_pack<float>>);
static_assert(std::is_trivially_default_constructible_v<native_pack<double>>);
static_assert(m::Real<native_pack<float>> && !m::Real<native_pack<std::uint32_t>>);
static_assert(std::is_convertible_v<float, native_pack<float>>);

// Distinct values, of both signs.
template <typename T>
native_pack<T> sample(int offset = 0) {
  native_pack<T> x;
  for (int i = 0; i < x.size; ++i) {
    x.set(i, static_cast<T>((i + offset) % 2 == 0 ? i + 1.5 : -i - 2.25));
  }
  return x;
}

template <typename T>
using bits_of = typename m::format<T>::bits;

// A kernel as the library writes them: once for scalars and packs.
template <typename T>
T kernel(T a, T b, T c) {
  T const low = m::min(a, b);
  T const product = m::fma(a, b, c);
  return m::select(a < b, product, m::max(low, T(0))) + m::sqrt(a * a) * 2;
}

}  // namespace

TEMPLATE_TEST_CASE("arithmetic and comparison work lane by lane", "[pack]", float, double) {
  using T = TestType;
  auto const a = sample<T>();
  auto const b = sample<T>(1);
  auto const sum = a + b, difference = a - b, product = a * b, quotient = a / b, negative = -a;
  auto updated = a;
  updated += b;
  updated *= 2;
  updated -= 1;
  updated /= 4;
  for (int i = 0; i < a.size; ++i) {
    CHECK(sum[i] == a[i] + b[i]);
    CHECK(difference[i] == a[i] - b[i]);
    CHECK(product[i] == a[i] * b[i]);
    CHECK(quotient[i] == a[i] / b[i]);
    CHECK(negative[i] == -a[i]);
    CHECK(updated[i] == ((a[i] + b[i]) * 2 - 1) / 4);
    CHECK((a < b)[i] == (a[i] < b[i]));
    CHECK((a <= b)[i] == (a[i] <= b[i]));
    CHECK((a > b)[i] == (a[i] > b[i]));
    CHECK((a >= b)[i] == (a[i] >= b[i]));
    CHECK((a == a)[i]);
    CHECK_FALSE((a != a)[i]);
    CHECK((!(a < b))[i] == !(a[i] < b[i]));
    CHECK(((a < b) & (a < 0))[i] == (a[i] < b[i] && a[i] < 0));
    CHECK(((a < b) | (a < 0))[i] == (a[i] < b[i] || a[i] < 0));
    CHECK(((a < b) ^ (a < 0))[i] == ((a[i] < b[i]) != (a[i] < 0)));
  }
}

TEMPLATE_TEST_CASE("a kernel is written once for scalars and packs", "[pack]", float, double) {
  using T = TestType;
  auto const a = sample<T>(), b = sample<T>(1), c = native_pack<T>::iota();
  auto const y = kernel(a, b, c);
  for (int i = 0; i < a.size; ++i) CHECK(y[i] == kernel(a[i], b[i], c[i]));
}

TEMPLATE_TEST_CASE("a broadcast keeps zero's sign, infinity and NaN", "[pack]", float, double) {
  using T = TestType;
  constexpr int last = native_pack<T>::size - 1;
  CHECK(std::signbit(native_pack<T>(-T(0))[last]));
  CHECK(native_pack<T>(std::numeric_limits<T>::infinity())[0] ==
        std::numeric_limits<T>::infinity());
  CHECK(std::isnan(native_pack<T>(std::numeric_limits<T>::quiet_NaN())[last]));
  CHECK(native_pack<T>(std::numeric_limits<T>::denorm_min())[0] > 0);
}

TEMPLATE_TEST_CASE("max and min give their second argument for NaN and two zeros", "[pack]", float,
                   double) {
  using T = TestType;
  using P = native_pack<T>;
  P const nan(std::numeric_limits<T>::quiet_NaN());
  CHECK(max(nan, 1)[0] == 1);
  CHECK(std::isnan(max(P(1), nan)[0]));
  CHECK(min(nan, 1)[0] == 1);
  CHECK(std::isnan(min(P(1), nan)[0]));
  CHECK(std::signbit(max(P(0), P(-T(0)))[0]));
  CHECK_FALSE(std::signbit(min(P(-T(0)), P(0))[0]));
}

TEMPLATE_TEST_CASE("select lets no value through that is not taken", "[pack]", float, double) {
  using T = TestType;
  using P = native_pack<T>;
  P const x = P::iota();
  auto const y = select(x < T(1), std::numeric_limits<T>::quiet_NaN(), x);
  CHECK(std::isnan(y[0]));
  for (int i = 1; i < P::size; ++i) CHECK(y[i] == static_cast<T>(i));
  CHECK(any(x < T(1)));
  CHECK_FALSE(all(x < T(1)));
  CHECK(all(x >= T(0)));
  CHECK_FALSE(any(x < T(0)));
  for (int i = 0; i < P::size; ++i) CHECK(any(x == static_cast<T>(i)));
}

TEMPLATE_TEST_CASE("partial loads and stores touch nothing beyond", "[pack]", float, double) {
  using T = TestType;
  using P = native_pack<T>;
  for (int n = 0; n <= P::size; ++n) {
    // Exactly n elements on the heap: the address sanitizer sees one more.
    std::vector<T> from(static_cast<std::size_t>(n), T(0)), to(static_cast<std::size_t>(n), T(0));
    for (int i = 0; i < n; ++i) from[static_cast<std::size_t>(i)] = static_cast<T>(i + 1);
    P const x = P::load(from.data(), n);
    for (int i = 0; i < P::size; ++i) CHECK(x[i] == (i < n ? static_cast<T>(i + 1) : T(0)));
    (x * 2).store(to.data(), n);
    for (int i = 0; i < n; ++i)
      CHECK(to[static_cast<std::size_t>(i)] == static_cast<T>(2 * (i + 1)));
    T guarded[P::size + 1];
    for (T& g : guarded) g = -1;
    P(7).store(guarded, n);
    for (int i = 0; i <= P::size; ++i) CHECK(guarded[i] == (i < n ? T(7) : T(-1)));
  }
}

TEMPLATE_TEST_CASE("loads and stores need no alignment", "[pack]", float, double) {
  using T = TestType;
  using P = native_pack<T>;
  T buffer[2 * P::size + 1];
  for (int i = 0; i < 2 * P::size + 1; ++i) buffer[i] = static_cast<T>(i);
  P const x = P::load(buffer + 1);
  x.store(buffer + P::size + 1);
  for (int i = 0; i < P::size; ++i) {
    CHECK(x[i] == static_cast<T>(i + 1));
    CHECK(buffer[P::size + 1 + i] == static_cast<T>(i + 1));
  }
}

TEMPLATE_TEST_CASE("reductions add in the documented order", "[pack]", float, double) {
  using T = TestType;
  using P = native_pack<T>;
  P x;
  for (int i = 0; i < P::size; ++i) x.set(i, static_cast<T>(std::ldexp(i % 3 - 1.1, 9 * i)));
  T sums[P::size];
  x.store(sums);
  for (int half = P::size / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; ++i) sums[i] += sums[i + half];
  }
  CHECK(reduce_sum(x) == sums[0]);
  for (int i = 0; i < P::size; ++i) {
    P peak(1);
    peak.set(i, 5);
    CHECK(reduce_max(peak) == 5);
    CHECK(reduce_min(-peak) == -5);
    CHECK(reduce_sum(peak) == static_cast<T>(P::size + 4));
  }
}

TEMPLATE_TEST_CASE("encodings go there and back", "[pack]", float, double) {
  using T = TestType;
  auto const a = sample<T>();
  auto const bits = to_bits(a);
  auto const back = from_bits(bits);
  auto const shifted = (bits >> 3) << 1;
  for (int i = 0; i < a.size; ++i) {
    CHECK(bits[i] == m::to_bits(a[i]));
    CHECK(back[i] == a[i]);
    CHECK(shifted[i] == static_cast<bits_of<T>>((bits[i] >> 3) << 1));
    CHECK((~bits)[i] == static_cast<bits_of<T>>(~bits[i]));
    CHECK(((bits & bits_of<T>(255)) | bits_of<T>(256))[i] == ((bits[i] & 255u) | 256u));
    CHECK((bits >= bits_of<T>(m::format<T>::sign_bit))[i] == std::signbit(a[i]));
  }
}

TEST_CASE("conversions between lane types", "[pack]") {
  using narrow = pack<float, static_cast<int>(RAMP_PACK_BYTES / 8)>;
  narrow x;
  for (int i = 0; i < narrow::size; ++i) x.set(i, static_cast<float>(i) - 0.1f);
  auto const wide = ramp::backend::convert<double>(x);
  auto const back = ramp::backend::convert<float>(wide + 1e-12);
  for (int i = 0; i < narrow::size; ++i) {
    CHECK(wide[i] == static_cast<double>(x[i]));
    CHECK(back[i] == static_cast<float>(wide[i] + 1e-12));
  }
}

TEMPLATE_TEST_CASE("a tile is transposed", "[pack]", float, double) {
  using T = TestType;
  constexpr int n = ramp::backend::tile_rows<T>;
  constexpr int from_stride = n + 3, to_stride = n + 1;
  T from[n * from_stride], to[n * to_stride];
  for (int i = 0; i < n * from_stride; ++i) from[i] = static_cast<T>(i);
  for (T& t : to) t = -1;
  ramp::backend::transpose_tile(from, from_stride, to, to_stride);
  for (int r = 0; r < n; ++r) {
    for (int c = 0; c < n; ++c) CHECK(to[c * to_stride + r] == from[r * from_stride + c]);
    CHECK(to[r * to_stride + n] == -1);
  }
}

TEMPLATE_TEST_CASE("fma rounds once where the target has it", "[pack]", float, double) {
  using T = TestType;
  using P = native_pack<T>;
  T volatile const from_memory = std::numeric_limits<T>::epsilon();  // a compiler may fold as one
  T const e = from_memory;
  // (1 + e)^2 - (1 + 2 e) is e^2 exactly, and zero after a rounded product.
  T const expected = RAMP_HAS_FMA ? e * e : T(0);
  P const x(1 + e);
  CHECK(fma(x, x, P(-1 - 2 * e))[1] == expected);
  CHECK((rounded(x * x) - P(1 + 2 * e))[1] == 0);
}
