package dev.yakin.rehearsal.jvm;

import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Points every call of {@code Clock.systemUTC()} in a class at {@link SharedFileClock}, and refuses a class that reads
 * time another way: it would see the machine's time, and the rehearsal would be wrong without a word.
 */
final class ClockRewriter {
    private static final ClassDesc REHEARSAL_CLOCK =
            SharedFileClock.class.describeConstable().orElseThrow();

    private final ClassFile classFile;

    ClockRewriter(ClassLoader loader) {
        // Rewritten methods get new stack maps, for which the function's own classes must be found.
        var hierarchy = ClassHierarchyResolver.ofResourceParsing(loader)
                .orElse(ClassHierarchyResolver.defaultResolver())
                .cached();
        classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    /** The rewritten class, or null where nothing is to be changed. */
    byte @Nullable [] rewrite(byte[] bytes) {
        var model = classFile.parse(bytes);
        var problem = problem(model);
        if (problem.isPresent()) {
            return classFile.transformClass(model, failingInitializer(problem.get()));
        }
        var asksTheClock = methodReferences(model).anyMatch(TimeSources::isSystemUtc);
        return asksTheClock ? classFile.transformClass(model, systemUtcReplaced()) : null;
    }

    private static Optional<String> problem(ClassModel model) {
        var otherSource = methodReferences(model).filter(TimeSources::isOther).map(TimeSources::name);
        // A method reference is resolved by the JVM at link time, beyond the reach of a rewritten call.
        var asReference = StreamSupport.stream(model.constantPool().spliterator(), false)
                .filter(MethodHandleEntry.class::isInstance)
                .map(entry -> ((MethodHandleEntry) entry).reference())
                .filter(TimeSources::isSystemUtc)
                .map(_ -> "the method reference Clock::systemUTC (call it instead)");
        return Stream.concat(otherSource, asReference)
                .findFirst()
                .map(source ->
                        "%s reads the time by %s; only a call of Clock.systemUTC() follows the rehearsal's time (docs/decisions/0003)"
                                .formatted(model.thisClass().asInternalName().replace('/', '.'), source));
    }

    private static Stream<MemberRefEntry> methodReferences(ClassModel model) {
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .filter(MemberRefEntry.class::isInstance)
                .map(MemberRefEntry.class::cast);
    }

    private static ClassTransform systemUtcReplaced() {
        CodeTransform calls = (code, element) -> {
            if (element instanceof InvokeInstruction call && TimeSources.isSystemUtc(call.method())) {
                code.invokestatic(REHEARSAL_CLOCK, call.name().stringValue(), call.typeSymbol());
            } else {
                code.with(element);
            }
        };
        return ClassTransform.transformingMethodBodies(ClockRewriter::asksTheClock, calls);
    }

    private static boolean asksTheClock(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(
                        element -> element instanceof InvokeInstruction call && TimeSources.isSystemUtc(call.method()));
    }

    /** An exception out of a transformer is swallowed by the JVM; one out of the class's initializer is not. */
    private static ClassTransform failingInitializer(String message) {
        var error = ClassDesc.of(IllegalStateException.class.getName());
        var constructor = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
        return ClassTransform.dropping(element -> element instanceof MethodModel method
                        && method.methodName().equalsString(CLASS_INIT_NAME))
                .andThen(ClassTransform.endHandler(type -> type.withMethodBody(
                        CLASS_INIT_NAME,
                        MTD_void,
                        ClassFile.ACC_STATIC,
                        code -> code.new_(error)
                                .dup()
                                .loadConstant(message)
                                .invokespecial(error, ConstantDescs.INIT_NAME, constructor)
                                .athrow())));
    }
}
