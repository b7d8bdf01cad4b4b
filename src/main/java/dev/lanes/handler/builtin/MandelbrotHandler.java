package dev.lanes.handler.builtin;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.nio.ByteBuffer;
import java.util.Base64;

@TaskType(
        value = "mandelbrot",
        description = "Computes one tile of the Mandelbrot set.",
        example = "{\"x\":-2.0,\"y\":-1.25,\"width\":2.5,\"pixels\":64,\"maxIterations\":1000}")
final class MandelbrotHandler implements BlockingHandler<MandelbrotHandler.Tile> {
    private static final int MAX_PIXELS = 512;

    /**
     * A square of the complex plane from (x, y), {@code width} wide, as {@code pixels} by {@code pixels}; above 443 of
     * them the picture is larger than a result may be, and the attempt fails with that reason.
     */
    record Tile(
            double x,
            double y,
            @Positive double width,
            @Min(1) @Max(MAX_PIXELS) int pixels,
            @Min(1) @Max(65_535) int maxIterations) {}

    /** The iterations before escape of each pixel, row by row, as unsigned 16-bit numbers in Base64. */
    record Picture(int pixels, String iterations) {}

    @Override
    public Picture run(Tile tile, TaskContext context) {
        ByteBuffer iterations = ByteBuffer.allocate(tile.pixels() * tile.pixels() * Short.BYTES);
        double step = tile.width() / tile.pixels();
        for (int row = 0; row < tile.pixels() && !context.cancelled(); row++) {
            for (int column = 0; column < tile.pixels(); column++) {
                iterations.putShort(
                        (short) escape(tile.x() + column * step, tile.y() + row * step, tile.maxIterations()));
            }
        }
        return new Picture(tile.pixels(), Base64.getEncoder().encodeToString(iterations.array()));
    }

    private static int escape(double x, double y, int limit) {
        double re = 0;
        double im = 0;
        int iteration = 0;
        while (iteration < limit && re * re + im * im <= 4) {
            double next = re * re - im * im + x;
            im = 2 * re * im + y;
            re = next;
            iteration++;
        }
        return iteration;
    }
}
