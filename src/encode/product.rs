//! Products of matrices.

use gemm_common::Parallelism;
use gemm_f32::gemm::f32::get_gemm_fn;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

/// `a` times `b`.
pub(super) fn times(a: &ArrayView2<f32>, b: &Array2<f32>) -> Array2<f32> {
    let mut out = Array2::zeros((a.nrows(), b.ncols()));
    product(a, b, out.view_mut(), false);
    out
}

/// Writes `a` times `b` to `out`, or adds it to what is there.
pub(super) fn product(a: &ArrayView2<f32>, b: &Array2<f32>, mut out: ArrayViewMut2<f32>, add: bool) {
    let ((rows, inner), columns) = (a.dim(), b.ncols());
    assert!(b.nrows() == inner && out.dim() == (rows, columns), "the shapes of a product");
    let ([a_row, a_column], [b_row, b_column]) = ([a.strides()[0], a.strides()[1]], [b.strides()[0], b.strides()[1]]);
    let [out_row, out_column] = [out.strides()[0], out.strides()[1]];
    #[expect(unsafe_code, reason = "the crate takes pointers; the views give them with shapes checked above")]
    // SAFETY: the pointers, shapes and strides are those of live views of these shapes, `out` is borrowed for writing
    // and overlaps neither of the others.
    unsafe {
        // The product of the transposed matrices, since the crate wants the columns of what it writes to be dense.
        get_gemm_fn()(
            columns,
            rows,
            inner,
            out.as_mut_ptr(),
            out_row,
            out_column,
            add,
            b.as_ptr(),
            b_row,
            b_column,
            a.as_ptr(),
            a_row,
            a_column,
            1.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

#[cfg(test)]
mod tests {
    use ndarray::ShapeBuilder as _;

    use super::*;

    #[test]
    fn products_of_overlapping_rows_and_sums() {
        let values = [1.0, 2.0, 3.0, 4.0];
        // Rows (1 2), (2 3), (3 4).
        let a = ArrayView2::from_shape((3, 2).strides((1, 1)), &values).unwrap();
        let b = ndarray::array![[1.0, 10.0], [100.0, 1000.0]];
        let mut out = times(&a, &b);
        assert_eq!(out, ndarray::array![[201.0, 2010.0], [302.0, 3020.0], [403.0, 4030.0]]);
        product(&a, &b, out.view_mut(), true);
        assert_eq!(out.row(2), ndarray::array![806.0, 8060.0]);
    }
}
