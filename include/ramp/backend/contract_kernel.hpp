// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/backend/access.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

/// A matrix product and what follows it element by element, in register tiles of some rows and one
/// panel of lanes, or two panels where there are few rows: per summand some packs of the vector
/// operand and one number per row are read, and rows * packs multiply-adds done. The epilogue
/// (bias, activation, mask, parameter update) runs on the accumulators before they are stored.
/// Cost: rows * lanes * depth multiply-adds.
template <class P, int K>
struct contract_kernel {
  using T = value_type<P>;
  using V = pack_type<P>;
  static constexpr kernel q = kernel_of<P>(K);
  static constexpr int main = q.main;
  static constexpr int rows = q.extent[0];
  static constexpr int lanes = q.extent[1];
  static constexpr int depth = q.extent[2];
  // 10 to 12 accumulators stay in registers
  static constexpr bool is_low = rows <= 3 && lanes % (4 * V::size) == 0;
  static constexpr int packs = lanes <= V::size ? 1 : is_low ? 4 : 2;
  static constexpr int step = packs * V::size;
  static constexpr int most_rows = packs == 1 ? 10 : 12 / packs;
  static constexpr reach vector = reach_of<P>(main, q.vector_operand);
  static constexpr reach scalar = reach_of<P>(main, 1 - q.vector_operand);
  static constexpr bool goes_on = place_of<P>(main).accumulator >= 0;
  static_assert(vector.contiguous());

  template <int N>
  static constexpr bool inside = place_of<P>(N).kernel == K;

  /// Values of the members at one row and pack.
  struct registers {
    V value[static_cast<std::size_t>(q.count)];
  };

  RAMP_ALWAYS_INLINE static void run(context<T> const& c) {
    for (int lane = 0; lane < lanes; lane += step) {
      registers sums[packs];
      start_sums(sums);
      if constexpr (scalar.row >= 0 && scalar.row == scalar.at.lane && rows > scalar.at.panel) {
        // rows that lie in panels: a tile stays within one, where they are neighbours
        constexpr int panel = scalar.at.panel;
        for (int row = 0; row + panel <= rows; row += panel) tiles<panel>(c, row, lane, sums);
        if constexpr (rows % panel != 0) tiles<rows % panel>(c, rows - rows % panel, lane, sums);
      } else {
        tiles<rows>(c, 0, lane, sums);
      }
      finish(c, lane, sums);
    }
  }

 private:
  /// N rows in tiles of nearly equal height: few heights are instantiated, and none is small. Calls
  /// `tile` without a level between, since GCC optimises what is inlined again at each level.
  template <int N>
  RAMP_ALWAYS_INLINE static void tiles(context<T> const& c, int row, int lane,
                                       registers (&sums)[packs]) {
    constexpr int count = (N + most_rows - 1) / most_rows;
    constexpr int height = N / count;
    constexpr int taller = N % count;
    if constexpr (taller > 0)
      for (int t = 0; t < taller; ++t, row += height + 1) tile<height + 1>(c, row, lane, sums);
    for (int t = taller; t < count; ++t, row += height) tile<height>(c, row, lane, sums);
  }

  /// How many sums share the summands of an element of a tile of R rows. A multiply-add waits for
  /// the one before it on the same sum, and a processor can have eight or more under way.
  template <int R>
  static constexpr int chains = [] {
    constexpr int accumulators = R * packs;
    if (accumulators <= 3 && depth >= 32 && depth % 4 == 0) return 4;
    if (accumulators <= 6 && depth >= 16 && depth % 2 == 0) return 2;
    return 1;
  }();

  template <int R>
  RAMP_ALWAYS_INLINE static void tile(context<T> const& c, int row, int lane,
                                      registers (&sums)[packs]) {
    V all[chains<R>][R][packs];
    V(&a)[R][packs] = all[0];
    RAMP_UNROLL(16)
    for (int r = 0; r < R; ++r)
      RAMP_UNROLL(4)
      for (int h = 0; h < packs; ++h) {
        a[r][h] = initial(c, row + r, pack_place(lane, h));
        RAMP_UNROLL(4)
        for (int j = 1; j < chains<R>; ++j) all[j][r][h] = V(T(0));
      }
    if constexpr (vector.whole_packs(step)) {
      add_products<R, true>(c, row, lane, all);
    } else {
      if (lane + step <= lanes) add_products<R, true>(c, row, lane, all);
      else add_products<R, false>(c, row, lane, all);
    }
    RAMP_UNROLL(4)
    for (int j = 1; j < chains<R>; ++j)
      RAMP_UNROLL(16)
      for (int r = 0; r < R; ++r)
        RAMP_UNROLL(4)
        for (int h = 0; h < packs; ++h) a[r][h] += all[j][r][h];

    if constexpr (goes_on) {
      if (!c.last) {
        T* const earlier = c.arena + place_of<P>(main).accumulator;
        RAMP_UNROLL(16)
        for (int r = 0; r < R; ++r)
          RAMP_UNROLL(4)
          for (int h = 0; h < packs; ++h)
            store_to<P, main>(earlier, a[r][h], row + r, pack_place(lane, h));
        return;
      }
    }
    RAMP_UNROLL(16)
    for (int r = 0; r < R; ++r)
      RAMP_UNROLL(4)
      for (int h = 0; h < packs; ++h)
        epilogue(c, a[r][h], sums[h], row + r, pack_place(lane, h));
  }

  /// All summands of a tile. Whole: packs of the vector operand may be read whole.
  template <int R, bool Whole>
  RAMP_ALWAYS_INLINE static void add_products(context<T> const& c, int row, int lane,
                                              V (&all)[chains<R>][R][packs]) {
    T const* v = base<P, vector.at.where>(c, vector.at.base) + vector.offset(vector.lane, lane);
    T const* s = base<P, scalar.at.where>(c, scalar.at.base) + scalar.offset(scalar.row, row);
    constexpr int v_step = vector.offset(vector.depth, 1);
    constexpr bool in_panels = scalar.depth == scalar.at.lane;
    constexpr int s_step = in_panels ? 1 : scalar.offset(scalar.depth, 1);
    auto multiply = [&](int count) RAMP_LAMBDA_INLINE {
      T const* RAMP_RESTRICT vp = v;
      T const* RAMP_RESTRICT sp = s;
      RAMP_UNROLL(2)
      for (int k = 0; k < count; k += chains<R>) {
        RAMP_UNROLL(4)
        for (int j = 0; j < chains<R>; ++j, vp += v_step, sp += s_step)
          add_product<R, Whole>(all[j], vp, sp, lane);
      }
    };
    if constexpr (in_panels && depth > scalar.at.panel) {
      constexpr int panel = scalar.at.panel;
      for (int k = 0; k < depth / panel; ++k) {
        multiply(panel);
        v += panel * v_step;
        s += scalar.at.panel_stride;
      }
      if constexpr (depth % panel != 0) multiply(depth % panel);
    } else {
      multiply(depth);
    }
  }

  /// One summand for each row and lane of a tile: the numbers at s times the packs at v.
  template <int R, bool Whole>
  RAMP_ALWAYS_INLINE static void add_product(V (&sum)[R][packs], T const* v, T const* s, int lane) {
    auto lanes_at = [&](int h) RAMP_LAMBDA_INLINE {
      T const* const p = v + vector.offset(vector.lane, h * V::size);
      return Whole ? V::load(p) : tail(p, lane + h * V::size);
    };
    if constexpr (R < packs) {  // what there is less of stays in registers
      V x[R];
      RAMP_UNROLL(4)
      for (int r = 0; r < R; ++r) x[r] = V(s[scalar_row(r)]);
      RAMP_UNROLL(4)
      for (int h = 0; h < packs; ++h) {
        V const w = lanes_at(h);
        RAMP_UNROLL(4)
        for (int r = 0; r < R; ++r) sum[r][h] = fma(x[r], w, sum[r][h]);
      }
    } else {
      V w[packs];
      RAMP_UNROLL(4)
      for (int h = 0; h < packs; ++h) w[h] = lanes_at(h);
      RAMP_UNROLL(16)
      for (int r = 0; r < R; ++r) {
        V const x(s[scalar_row(r)]);
        RAMP_UNROLL(4)
        for (int h = 0; h < packs; ++h) sum[r][h] = fma(x, w[h], sum[r][h]);
      }
    }
  }

  /// Where pack h of a tile is; a tile lies in one panel or begins one.
  static constexpr lane_place pack_place(int lane, int h) {
    constexpr int panel = pass::panel_bytes / static_cast<int>(sizeof(T));
    return {lane + h * V::size / panel * panel, h * V::size % panel};
  }

  static constexpr int scalar_row(int r) {
    if (scalar.row < 0) return 0;
    return scalar.row == scalar.at.lane ? r : scalar.offset(scalar.row, r);
  }

  /// The last, incomplete packs of a row-major operand; nothing past its end is read.
  RAMP_ALWAYS_INLINE static V tail(T const* p, int lane) {
    int const left = lanes - lane;
    return left <= 0 ? V(T(0)) : left >= V::size ? V::load(p) : V::load(p, left);
  }

  /// What the accumulators start from: a bias, the sum over earlier tiles, or zero.
  RAMP_ALWAYS_INLINE static V initial(context<T> const& c, int row, lane_place lane) {
    if constexpr (q.start >= 0) {
      constexpr int bias = operand_of<P>(q.start, 0) == main ? 1 : 0;
      return load<P, q.start, bias, V>(c, row, lane);
    } else {
      if constexpr (goes_on) {
        if (!c.first)
          return load_from<P, main, -1, V>(c.arena + place_of<P>(main).accumulator, row, lane);
      }
      return V(T(0));
    }
  }

  /// Operands of the members at one row and pack.
  struct operands {
    context<T> const& c;
    registers const& v;
    int row;
    lane_place lane;

    template <int N, int O>
    RAMP_ALWAYS_INLINE V get() const {
      constexpr int source = operand_of<P>(N, O);
      if constexpr (inside<source>) return v.value[place_of<P>(source).local];
      else return load<P, N, O, V>(c, row, lane);
    }
  };

  RAMP_ALWAYS_INLINE static void epilogue(context<T> const& c, V product, registers& sums, int row,
                                          lane_place lane) {
    registers v;
    operands const x{c, v, row, lane};
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      constexpr int n = P::plan.member(K, I);
      constexpr role part = place_of<P>(n).part;
      if constexpr (part == role::column_sum) {
        sums.value[I] = sums.value[I] + x.template get<n, 0>();
      } else if constexpr (part != role::post) {
        if constexpr (part == role::element) v.value[I] = compute<P, n, V>(x);
        else v.value[I] = product;  // main, or main + start
        store<P, n>(c, v.value[I], row, lane);
      }
    });
  }

  /// The members that are complete when all rows are done: column sums, and what is computed from
  /// them. Most kernels have none, and then there is nothing to instantiate.
  struct member_list {
    int count = 0;
    std::array<int, static_cast<std::size_t>(q.count)> index{};
  };
  static constexpr member_list late = [] {
    member_list found;
    for (int i = 0; i < q.count; ++i) {
      role const part = P::plan.placements.data()[P::plan.member(K, i)].part;
      if (part == role::column_sum || part == role::post) found.index.data()[found.count++] = i;
    }
    return found;
  }();
  template <int J>
  static constexpr int late_node = P::plan.member(K, late.index[static_cast<std::size_t>(J)]);

  RAMP_ALWAYS_INLINE static void start_sums(registers (&sums)[packs]) {
    unroll<late.count>([&]<int J>() RAMP_LAMBDA_INLINE {
      constexpr auto i = static_cast<std::size_t>(late.index[static_cast<std::size_t>(J)]);
      if constexpr (place_of<P>(late_node<J>).part == role::column_sum) {
        RAMP_UNROLL(4)
        for (int h = 0; h < packs; ++h) sums[h].value[i] = V(T(0));
      }
    });
  }

  RAMP_ALWAYS_INLINE static void finish(context<T> const& c, int lane, registers (&sums)[packs]) {
    unroll<late.count>([&]<int J>() RAMP_LAMBDA_INLINE {
      constexpr int n = late_node<J>;
      constexpr auto i = static_cast<std::size_t>(late.index[static_cast<std::size_t>(J)]);
      RAMP_UNROLL(4)
      for (int h = 0; h < packs; ++h) {
        lane_place const here = pack_place(lane, h);
        if constexpr (place_of<P>(n).part == role::column_sum) {
          carry<P, n>(c, sums[h].value[i], 0, here);
        } else {
          if (place_of<P>(n).after_samples && !c.last) return;
          sums[h].value[i] = compute<P, n, V>(operands{c, sums[h], 0, here});
        }
        store<P, n>(c, sums[h].value[i], 0, here);
      }
    });
  }
};

}  // namespace RAMP_ISA
}  // namespace ramp::backend
